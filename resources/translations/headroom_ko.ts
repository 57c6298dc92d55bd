<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>Diagnosis</name>
    <message>
        <source>%1 % of the step waits for data: the loader cannot keep up. More loader workers, or a faster disk, would help.</source>
        <translation>스텝 시간의 %1 %가 데이터 대기입니다. 로더가 따라가지 못합니다. 로더 워커를 늘리거나 더 빠른 디스크를 쓰면 나아집니다.</translation>
    </message>
    <message>
        <source>%1 % of the step waits for data.</source>
        <translation>스텝 시간의 %1 %가 데이터 대기입니다.</translation>
    </message>
    <message>
        <source>The loader keeps up. %1 % of the step is the optimizer&apos;s update: more accumulation means fewer of them.</source>
        <translation>로더는 충분히 빠릅니다. 스텝 시간의 %1 %가 옵티마이저 업데이트입니다. 누적을 늘리면 업데이트 횟수가 줄어듭니다.</translation>
    </message>
    <message>
        <source>The loader keeps up: %1 % of the step waits for data. Forward takes %2 %, backward %3 %.</source>
        <translation>로더는 충분히 빠릅니다. 데이터 대기 %1 %, 순전파 %2 %, 역전파 %3 %입니다.</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1일 %2시간</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
</context>
<context>
    <name>GradientRow</name>
    <message>
        <source>norm before clipping</source>
        <translation>클리핑 전 노름</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>그래디언트 노름</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>로그 눈금</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>over %1</source>
        <translation>%1 초과</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>not measured here</source>
        <translation>여기서 측정하지 않음</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>가이드</translation>
    </message>
    <message>
        <source>Actual</source>
        <translation>실제</translation>
    </message>
</context>
<context>
    <name>Lane</name>
    <message>
        <source>Vocals</source>
        <translation>보컬</translation>
    </message>
    <message>
        <source>Drums</source>
        <translation>드럼</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>베이스</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>믹스</translation>
    </message>
    <message>
        <source>Accompaniment</source>
        <translation>반주</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>%1, ground truth</source>
        <translation>%1, 정답</translation>
    </message>
</context>
<context>
    <name>LaneReadout</name>
    <message>
        <source>peak %1 dBFS, RMS %2 dBFS</source>
        <translation>피크 %1 dBFS, RMS %2 dBFS</translation>
    </message>
    <message>
        <source>%1, %2 dB</source>
        <translation>%1, %2 dB</translation>
    </message>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
</context>
<context>
    <name>LaneTable</name>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Peak, dBFS</source>
        <translation>피크, dBFS</translation>
    </message>
    <message>
        <source>RMS, dBFS</source>
        <translation>RMS, dBFS</translation>
    </message>
    <message>
        <source>%1 to %2 Hz, dB</source>
        <translation>%1~%2 Hz, dB</translation>
    </message>
    <message>
        <source>Loudness, LUFS</source>
        <translation>라우드니스, LUFS</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
</context>
<context>
    <name>LossRow</name>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>로그 눈금</translation>
    </message>
    <message>
        <source>smoothed (%1)</source>
        <translation>평활화 (%1)</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>원래 값</translation>
    </message>
</context>
<context>
    <name>Memory</name>
    <message>
        <source>Other programs</source>
        <translation>다른 프로그램</translation>
    </message>
    <message>
        <source>CUDA context</source>
        <translation>CUDA 컨텍스트</translation>
    </message>
    <message>
        <source>NCCL, estimated</source>
        <translation>NCCL(추정)</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>들어감</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>빠듯함</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>안 들어감</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>워크스페이스</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>그래디언트</translation>
    </message>
    <message>
        <source>Optimizer state</source>
        <translation>옵티마이저 상태</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Saved for backward</source>
        <translation>역전파용 활성값</translation>
    </message>
    <message>
        <source>Cached, unused</source>
        <translation>캐시(미사용)</translation>
    </message>
    <message>
        <source>Temporary tensors</source>
        <translation>임시 텐서</translation>
    </message>
    <message>
        <source>EMA weights</source>
        <translation>EMA 가중치</translation>
    </message>
</context>
<context>
    <name>MemoryRow</name>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>allocated</source>
        <translation>할당됨</translation>
    </message>
    <message>
        <source>forecast</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>other programs</source>
        <translation>다른 프로그램</translation>
    </message>
    <message>
        <source>Device memory</source>
        <translation>장치 메모리</translation>
    </message>
    <message>
        <source>forecast: %1</source>
        <translation>예측: %1</translation>
    </message>
    <message>
        <source>device limit</source>
        <translation>장치 한도</translation>
    </message>
    <message>
        <source>peak allocated</source>
        <translation>피크 할당</translation>
    </message>
    <message>
        <source>device limit: %1</source>
        <translation>장치 한도: %1</translation>
    </message>
    <message>
        <source>used on device</source>
        <translation>장치 사용량</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>예약됨</translation>
    </message>
</context>
<context>
    <name>Option</name>
    <message>
        <source>Sample rate</source>
        <translation>샘플레이트</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널 수</translation>
    </message>
    <message>
        <source>FFT length</source>
        <translation>FFT 길이</translation>
    </message>
    <message>
        <source>STFT hop</source>
        <translation>STFT 홉</translation>
    </message>
    <message>
        <source>Segment length</source>
        <translation>세그먼트 길이</translation>
    </message>
    <message>
        <source>Segment shortening</source>
        <translation>세그먼트 단축</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>레이어 수</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>대역 수</translation>
    </message>
    <message>
        <source>bands</source>
        <translation>대역</translation>
    </message>
    <message>
        <source>State size</source>
        <translation>상태 크기</translation>
    </message>
    <message>
        <source>Convolution width</source>
        <translation>합성곱 너비</translation>
    </message>
    <message>
        <source>Expansion</source>
        <translation>확장 배수</translation>
    </message>
    <message>
        <source>Head size</source>
        <translation>헤드 크기</translation>
    </message>
    <message>
        <source>Recompute all layers</source>
        <translation>모든 레이어 재계산</translation>
    </message>
    <message>
        <source>Band widths</source>
        <translation>대역 너비</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>슬라이스 수</translation>
    </message>
    <message>
        <source>slices</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>segments</source>
        <translation>세그먼트</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>누적</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭 수</translation>
    </message>
    <message>
        <source>Steps per epoch</source>
        <translation>에폭당 스텝</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Loader workers</source>
        <translation>로더 워커</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Prefetch</source>
        <translation>미리 읽기</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>그래디언트 클리핑</translation>
    </message>
    <message>
        <source>EMA decay</source>
        <translation>EMA 감쇠</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Start from weights</source>
        <translation>시작 가중치</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA 랭크</translation>
    </message>
    <message>
        <source>Frozen parameters</source>
        <translation>동결할 파라미터</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>저장 간격</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Best checkpoint by</source>
        <translation>최고 체크포인트 기준</translation>
    </message>
    <message>
        <source>Further metrics</source>
        <translation>추가 지표</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>듣기용 발췌</translation>
    </message>
    <message>
        <source>Audition song</source>
        <translation>발췌할 곡</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>보관할 체크포인트</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>검증 간격</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>옵티마이저</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>워밍업</translation>
    </message>
    <message>
        <source>updates</source>
        <translation>업데이트</translation>
    </message>
    <message>
        <source>Plateau patience</source>
        <translation>정체 대기 횟수</translation>
    </message>
    <message>
        <source>validations</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Plateau factor</source>
        <translation>정체 시 배수</translation>
    </message>
    <message>
        <source>Stems to separate</source>
        <translation>분리할 스템</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>믹스</translation>
    </message>
    <message>
        <source>Validation songs</source>
        <translation>검증 곡</translation>
    </message>
    <message>
        <source>Random mixes</source>
        <translation>무작위 믹스</translation>
    </message>
    <message>
        <source>Stereo spread</source>
        <translation>스테레오 폭 변화</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>Pitch shift</source>
        <translation>피치 시프트</translation>
    </message>
    <message>
        <source>semitones</source>
        <translation>반음</translation>
    </message>
    <message>
        <source>Channel swaps</source>
        <translation>좌우 교환</translation>
    </message>
    <message>
        <source>Further data sets</source>
        <translation>추가 데이터셋</translation>
    </message>
    <message>
        <source>Unequal lengths</source>
        <translation>길이가 다른 곡</translation>
    </message>
    <message>
        <source>Songs that lack stems</source>
        <translation>스템이 빠진 곡</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>읽을 수 없는 파일</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>A change takes effect at the next step.</source>
        <translation>변경은 다음 스텝부터 적용됩니다.</translation>
    </message>
    <message>
        <source>A change needs a new run.</source>
        <translation>변경하려면 새 실행이 필요합니다.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>Affects: %1.</source>
        <translation>영향: %1.</translation>
    </message>
    <message>
        <source>The 32 GB guide: %1</source>
        <translation>32 GB 가이드: %1</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>Excluded songs</source>
        <translation>제외한 곡</translation>
    </message>
    <message>
        <source>from list</source>
        <translation>목록에서</translation>
    </message>
    <message>
        <source>all</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Offload layer inputs</source>
        <translation>레이어 입력 오프로드</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Final LR fraction</source>
        <translation>최종 학습률 비율</translation>
    </message>
    <message>
        <source>NaN/Inf limit</source>
        <translation>NaN/Inf 허용 횟수</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>조기 종료</translation>
    </message>
    <message>
        <source>Waveform loss weight</source>
        <translation>파형 손실 가중치</translation>
    </message>
    <message>
        <source>Waveform loss type</source>
        <translation>파형 손실 종류</translation>
    </message>
    <message>
        <source>STFT loss windows</source>
        <translation>STFT 손실 윈도우</translation>
    </message>
    <message>
        <source>STFT loss hop</source>
        <translation>STFT 손실 홉</translation>
    </message>
    <message>
        <source>Stems of the mixture</source>
        <translation>믹스를 이루는 스템</translation>
    </message>
    <message>
        <source>Stem dropout</source>
        <translation>스템 드롭아웃</translation>
    </message>
    <message>
        <source>Activity window</source>
        <translation>활동 윈도우</translation>
    </message>
    <message>
        <source>Min gain</source>
        <translation>최소 게인</translation>
    </message>
    <message>
        <source>Max gain</source>
        <translation>최대 게인</translation>
    </message>
    <message>
        <source>High-shelf gain</source>
        <translation>고역 셸프 게인</translation>
    </message>
    <message>
        <source>Polarity flips</source>
        <translation>위상 반전</translation>
    </message>
    <message>
        <source>Same-stem mixup</source>
        <translation>같은 스템 섞기</translation>
    </message>
    <message>
        <source>Equalizer</source>
        <translation>이퀄라이저</translation>
    </message>
    <message>
        <source>Equalizer gain</source>
        <translation>이퀄라이저 게인</translation>
    </message>
    <message>
        <source>Pitch changes</source>
        <translation>피치 변경</translation>
    </message>
    <message>
        <source>Lowest pitch</source>
        <translation>최저 피치</translation>
    </message>
    <message>
        <source>Highest pitch</source>
        <translation>최고 피치</translation>
    </message>
    <message>
        <source>Stems changed in pitch</source>
        <translation>피치를 바꿀 스템</translation>
    </message>
    <message>
        <source>Tempo changes</source>
        <translation>템포 변경</translation>
    </message>
    <message>
        <source>Slowest tempo</source>
        <translation>가장 느린 템포</translation>
    </message>
    <message>
        <source>Fastest tempo</source>
        <translation>가장 빠른 템포</translation>
    </message>
    <message>
        <source>Stems changed in tempo</source>
        <translation>템포를 바꿀 스템</translation>
    </message>
    <message>
        <source>Silent segments kept</source>
        <translation>무음 세그먼트 유지</translation>
    </message>
    <message>
        <source>A change takes effect when the run is resumed.</source>
        <translation>변경은 실행을 재개할 때 적용됩니다.</translation>
    </message>
    <message>
        <source>Set by the length of “Band widths”. Clear that list to set the number here.</source>
        <translation>“대역 너비” 목록의 길이로 정해집니다. 여기서 정하려면 그 목록을 비우세요.</translation>
    </message>
    <message>
        <source>“Recompute all layers” is on. Turn it off to set the number here.</source>
        <translation>“모든 레이어 재계산”이 켜져 있습니다. 여기서 개수를 정하려면 끄세요.</translation>
    </message>
    <message>
        <source>nothing kept</source>
        <translation>보존 안 함</translation>
    </message>
    <message>
        <source>“Keep” is input. Choose more to set the number here.</source>
        <translation>“보존”이 input입니다. 여기서 개수를 정하려면 더 많이 보존하게 하세요.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>보존</translation>
    </message>
    <message>
        <source>Keeping layers</source>
        <translation>보존할 레이어</translation>
    </message>
    <message>
        <source>Recomputed layers</source>
        <translation>재계산할 레이어</translation>
    </message>
    <message>
        <source>Runs folder</source>
        <translation>실행 저장 폴더</translation>
    </message>
    <message>
        <source>Max. save interval</source>
        <translation>최대 저장 간격</translation>
    </message>
    <message>
        <source>SGD momentum</source>
        <translation>SGD 모멘텀</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Segment overlap</source>
        <translation>세그먼트 겹침</translation>
    </message>
    <message>
        <source>Separation segment</source>
        <translation>분리 세그먼트</translation>
    </message>
    <message>
        <source>Separation batch</source>
        <translation>분리 배치</translation>
    </message>
    <message>
        <source>Test-time augmentation</source>
        <translation>테스트 시 증강</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>멜 대역 수</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>헤드 수</translation>
    </message>
    <message>
        <source>Head width</source>
        <translation>헤드 너비</translation>
    </message>
    <message>
        <source>Time blocks</source>
        <translation>시간 방향 블록</translation>
    </message>
    <message>
        <source>Band blocks</source>
        <translation>대역 방향 블록</translation>
    </message>
    <message>
        <source>Linear attention</source>
        <translation>선형 어텐션</translation>
    </message>
    <message>
        <source>Attention dropout</source>
        <translation>어텐션 드롭아웃</translation>
    </message>
    <message>
        <source>Feed-forward dropout</source>
        <translation>피드포워드 드롭아웃</translation>
    </message>
    <message>
        <source>Skip connections</source>
        <translation>스킵 연결</translation>
    </message>
    <message>
        <source>Polar positions</source>
        <translation>극좌표 위치</translation>
    </message>
    <message>
        <source>Mask layers</source>
        <translation>마스크 레이어</translation>
    </message>
    <message>
        <source>Mask expansion</source>
        <translation>마스크 확장 배수</translation>
    </message>
    <message>
        <source>Window length</source>
        <translation>윈도우 길이</translation>
    </message>
    <message>
        <source>Normalized STFT</source>
        <translation>정규화된 STFT</translation>
    </message>
    <message>
        <source>Silence lowest bin</source>
        <translation>최저 빈 무음</translation>
    </message>
    <message>
        <source>Kept free</source>
        <translation>비워 둘 메모리</translation>
    </message>
</context>
<context>
    <name>OptionGroup</name>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Separation</source>
        <translation>분리</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>32 GB guide: before</source>
        <translation>32 GB 가이드: 적용 전</translation>
    </message>
    <message>
        <source>32 GB guide: after</source>
        <translation>32 GB 가이드: 적용 후</translation>
    </message>
    <message>
        <source>32 GB guide: last resort</source>
        <translation>32 GB 가이드: 최후 수단</translation>
    </message>
    <message>
        <source>Demo songs, small model</source>
        <translation>데모 곡, 작은 모델</translation>
    </message>
    <message>
        <source>Original paper</source>
        <translation>원 논문</translation>
    </message>
    <message>
        <source>Original paper, 80 GiB card</source>
        <translation>원 논문, 80 GiB 카드</translation>
    </message>
    <message>
        <source>Original paper, 32 GiB card</source>
        <translation>원 논문, 32 GiB 카드</translation>
    </message>
    <message>
        <source>Original paper, 24 GiB card</source>
        <translation>원 논문, 24 GiB 카드</translation>
    </message>
    <message>
        <source>Original paper, 8 GiB card</source>
        <translation>원 논문, 8 GiB 카드</translation>
    </message>
    <message>
        <source>Original paper, 6 GiB card</source>
        <translation>원 논문, 6 GiB 카드</translation>
    </message>
    <message>
        <source>Original paper, 4 GiB card</source>
        <translation>원 논문, 4 GiB 카드</translation>
    </message>
    <message>
        <source>Original paper, 3 GiB card</source>
        <translation>원 논문, 3 GiB 카드</translation>
    </message>
    <message>
        <source>BS-RoFormer, 8 GiB card</source>
        <translation>BS-RoFormer, 8 GiB 카드</translation>
    </message>
    <message>
        <source>BS-RoFormer, 12 GiB card</source>
        <translation>BS-RoFormer, 12 GiB 카드</translation>
    </message>
    <message>
        <source>BS-RoFormer, 24 GiB card</source>
        <translation>BS-RoFormer, 24 GiB 카드</translation>
    </message>
    <message>
        <source>BS-RoFormer for MUSDB18</source>
        <translation>MUSDB18용 BS-RoFormer</translation>
    </message>
    <message>
        <source>Mel-Band RoFormer, 8 GiB card</source>
        <translation>Mel-Band RoFormer, 8 GiB 카드</translation>
    </message>
    <message>
        <source>Mel-Band RoFormer, 12 GiB card</source>
        <translation>Mel-Band RoFormer, 12 GiB 카드</translation>
    </message>
    <message>
        <source>Mel-Band RoFormer, 16 GiB card</source>
        <translation>Mel-Band RoFormer, 16 GiB 카드</translation>
    </message>
    <message>
        <source>Mel-Band RoFormer for MUSDB18</source>
        <translation>MUSDB18용 Mel-Band RoFormer</translation>
    </message>
</context>
<context>
    <name>RunText</name>
    <message>
        <source>Finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>시작 안 됨</translation>
    </message>
    <message>
        <source>Failed at step %1</source>
        <translation>스텝 %1에서 실패</translation>
    </message>
    <message>
        <source>Stopped at step %1</source>
        <translation>스텝 %1에서 중지됨</translation>
    </message>
    <message>
        <source>Interrupted at step %1</source>
        <translation>스텝 %1에서 중단됨</translation>
    </message>
    <message>
        <source>Could not start</source>
        <translation>시작하지 못함</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Reading the journal: %1 %</source>
        <translation>기록을 읽는 중: %1 %</translation>
    </message>
    <message>
        <source>Watching %1</source>
        <translation>지켜보는 중: %1</translation>
    </message>
    <message>
        <source>Last checkpoint: step %1; resuming starts there.</source>
        <translation>마지막 체크포인트: 스텝 %1. 재개하면 거기서 시작합니다.</translation>
    </message>
    <message>
        <source>Last checkpoint: none; resuming starts at step 0.</source>
        <translation>마지막 체크포인트: 없음. 재개하면 스텝 0에서 시작합니다.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>Stopping and saving</source>
        <translation>중지하고 저장하는 중</translation>
    </message>
    <message>
        <source>Watching: %1 is training this run. The charts follow it.</source>
        <translation>지켜보는 중: %1이(가) 이 실행을 학습하고 있습니다. 차트가 그 진행을 따라갑니다.</translation>
    </message>
    <message>
        <source>This run was interrupted at step %1. %2</source>
        <translation>이 실행은 스텝 %1에서 중단되었습니다. %2</translation>
    </message>
    <message>
        <source>Reading the journal of this run: %1 %. The curves appear as it is read.</source>
        <translation>이 실행의 기록을 읽는 중: %1 %. 읽는 대로 곡선이 나타납니다.</translation>
    </message>
</context>
<context>
    <name>ScoreRow</name>
    <message>
        <source>dB ↑</source>
        <translation>dB ↑</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>%1, median</source>
        <translation>%1, 중앙값</translation>
    </message>
    <message>
        <source>%1, mean</source>
        <translation>%1, 평균</translation>
    </message>
    <message>
        <source>songs: %1, after epoch %2</source>
        <translation>%1곡, 에폭 %2 이후</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>paper, vocals cSDR: %1</source>
        <translation>논문, 보컬 cSDR: %1</translation>
    </message>
</context>
<context>
    <name>SecondsTable</name>
    <message>
        <source>Second</source>
        <translation>초</translation>
    </message>
    <message>
        <source>SDR of %1, dB</source>
        <translation>%1의 SDR, dB</translation>
    </message>
    <message>
        <source>Error of %1, dBFS</source>
        <translation>%1의 오차, dBFS</translation>
    </message>
    <message>
        <source>Ground truth for %1, dBFS</source>
        <translation>%1의 정답 스템, dBFS</translation>
    </message>
</context>
<context>
    <name>Snapshot</name>
    <message>
        <source>fits only by releasing cached memory</source>
        <translation>캐시를 비워야만 들어감</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>The program would not fit %1: %2.</source>
        <translation>이 프로그램은 %1에 들어가지 않습니다: %2.</translation>
    </message>
    <message>
        <source>The program would only just fit %1: %2.</source>
        <translation>이 프로그램은 %1에 빠듯하게 들어갑니다: %2.</translation>
    </message>
    <message>
        <source>The program would only just fit %1, with %3: %2.</source>
        <translation>이 프로그램은 %3(으)로 %1에 빠듯하게 들어갑니다: %2.</translation>
    </message>
    <message>
        <source>The program would fit %1: %2.</source>
        <translation>이 프로그램은 %1에 들어갑니다: %2.</translation>
    </message>
    <message>
        <source>The program would fit %1 with %3: %2.</source>
        <translation>이 프로그램은 %3(으)로 %1에 들어갑니다: %2.</translation>
    </message>
    <message>
        <source>Device %1 of the recording: %2 entries, %3 requested at the peak.</source>
        <translation>기록의 장치 %1: 항목 %2개, 피크의 요청량 %3.</translation>
    </message>
    <message>
        <source>Allocated</source>
        <translation>할당됨</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>예약됨</translation>
    </message>
    <message>
        <source>Total on device</source>
        <translation>장치 총사용량</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>default</source>
        <translation>기본값</translation>
    </message>
</context>
<context>
    <name>StepSection</name>
    <message>
        <source>Whole step</source>
        <translation>스텝 전체</translation>
    </message>
    <message>
        <source>First micro-batch</source>
        <translation>첫 마이크로배치</translation>
    </message>
    <message>
        <source>Last micro-batch, with optimizer</source>
        <translation>마지막 마이크로배치(옵티마이저 포함)</translation>
    </message>
    <message>
        <source>Micro-batches between</source>
        <translation>중간 마이크로배치</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 to %2 ms</source>
        <translation>%1~%2 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 to %2 s</source>
        <translation>%1~%2초</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 to %2 min</source>
        <translation>%1~%2분</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 to %2 h</source>
        <translation>%1~%2시간</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 to %2 d</source>
        <translation>%1~%2일</translation>
    </message>
    <message>
        <source>about %1 an epoch</source>
        <translation>에폭당 약 %1</translation>
    </message>
    <message>
        <source>time unknown</source>
        <translation>시간 알 수 없음</translation>
    </message>
    <message>
        <source>%1, not measured</source>
        <translation>%1, 측정값 아님</translation>
    </message>
    <message>
        <source>%1, measured</source>
        <translation>%1, 측정값</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Time unknown: run `headroom calibrate` on the machine that has this device.</source>
        <translation>시간 알 수 없음: 이 장치가 있는 컴퓨터에서 `headroom calibrate`를 실행하세요.</translation>
    </message>
    <message>
        <source>Step %1, update %2, epoch %3, run %4: from the card&apos;s published figures, not measured</source>
        <translation>스텝 %1, 업데이트 %2, 에폭 %3, 전체 %4: 카드의 공식 사양에서 계산, 측정값 아님</translation>
    </message>
    <message>
        <source>Step %1, update %2, epoch %3, run %4: measured on this device</source>
        <translation>스텝 %1, 업데이트 %2, 에폭 %3, 전체 %4: 이 장치에서 측정</translation>
    </message>
</context>
<context>
    <name>TimeRow</name>
    <message>
        <source>forward</source>
        <translation>순전파</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>역전파</translation>
    </message>
    <message>
        <source>update</source>
        <translation>업데이트</translation>
    </message>
    <message>
        <source>wait for data</source>
        <translation>데이터 대기</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>스텝 시간</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>%1, event %2 of %3: %4 GiB allocated (%5)</source>
        <translation>%1, 이벤트 %2 / %3: %4 GiB 할당 (%5)</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>순전파</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>역전파</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>업데이트</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>대역</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>forward of %1</source>
        <translation>%1 순전파</translation>
    </message>
    <message>
        <source>backward of %1</source>
        <translation>%1 역전파</translation>
    </message>
    <message>
        <source>%1 of %2 allocation events; every peak is kept.</source>
        <translation>할당 이벤트 %2개 중 %1개. 피크는 모두 남아 있습니다.</translation>
    </message>
    <message>
        <source>Reserved: start %1, step %2, validation %3, checkpoint %4</source>
        <translation>예약: 시작 %1, 스텝 %2, 검증 %3, 체크포인트 %4</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Trial of validation</source>
        <translation>검증 시험</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>첫 스텝</translation>
    </message>
    <message>
        <source>Next steps</source>
        <translation>다음 스텝</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>Step after</source>
        <translation>이후 스텝</translation>
    </message>
    <message>
        <source>All phases have the same width; every peak is kept.</source>
        <translation>모든 단계의 너비가 같습니다. 피크는 모두 남아 있습니다.</translation>
    </message>
    <message>
        <source>%1: %2 GiB allocated, %3 GiB reserved (%4)</source>
        <translation>%1: %2 GiB 할당, %3 GiB 예약 (%4)</translation>
    </message>
    <message>
        <source>; while paused %1</source>
        <translation>; 일시 정지 중 %1</translation>
    </message>
    <message>
        <source>Event %1 of %2: %3 GiB allocated, %4 GiB reserved</source>
        <translation>이벤트 %1 / %2: %3 GiB 할당, %4 GiB 예약</translation>
    </message>
    <message>
        <source>%1 cached but unused; free blocks: %2, the largest %3</source>
        <translation>캐시(미사용) %1, 빈 블록 %2개, 가장 큰 것 %3</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Fits: %1 of %2 GiB</source>
        <translation>들어감: %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Would fit: %1 of %2 GiB</source>
        <translation>들어감(예상): %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Tight: %1 of %2 GiB</source>
        <translation>빠듯함: %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Would be tight: %1 of %2 GiB</source>
        <translation>빠듯함(예상): %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Other programs hold %1 GiB.</source>
        <translation>다른 프로그램이 %1 GiB를 사용합니다.</translation>
    </message>
    <message>
        <source>%1 GiB assumed for other programs.</source>
        <translation>다른 프로그램이 %1 GiB를 사용한다고 가정했습니다.</translation>
    </message>
    <message>
        <source>Not this machine&apos;s card; %1 GiB assumed for other programs.</source>
        <translation>이 컴퓨터의 카드가 아니며, 다른 프로그램이 %1 GiB를 사용한다고 가정했습니다.</translation>
    </message>
    <message>
        <source>, %1 % slower</source>
        <translation>, %1 % 느림</translation>
    </message>
    <message>
        <source>, %1 % faster</source>
        <translation>, %1 % 빠름</translation>
    </message>
    <message>
        <source>%1 (here)</source>
        <translation>%1 (이 컴퓨터)</translation>
    </message>
    <message>
        <source>%1: %2, %3%4</source>
        <translation>%1: %2, %3%4</translation>
    </message>
    <message>
        <source>Won&apos;t fit: %1 of %2 GiB</source>
        <translation>안 들어감: %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Wouldn&apos;t fit: %1 of %2 GiB</source>
        <translation>안 들어감(예상): %1 / %2 GiB</translation>
    </message>
    <message>
        <source>%1 left.</source>
        <translation>%1 남습니다.</translation>
    </message>
    <message>
        <source>%1 over.</source>
        <translation>%1 초과합니다.</translation>
    </message>
    <message>
        <source>%1 over, in %2.</source>
        <translation>%2에서 %1 초과합니다.</translation>
    </message>
    <message>
        <source>%1, tight</source>
        <translation>%1, 빠듯함</translation>
    </message>
    <message>
        <source>%1 over: fits only by releasing cached memory, which takes time.</source>
        <translation>%1 초과: 캐시를 비워야만 들어가며, 그만큼 시간이 더 걸립니다.</translation>
    </message>
    <message>
        <source>Only %1 left: starting another program may stop the run.</source>
        <translation>%1만 남습니다. 다른 프로그램을 시작하면 실행이 중단될 수 있습니다.</translation>
    </message>
    <message>
        <source>On the CPU, in host memory.</source>
        <translation>CPU에서 호스트 메모리를 사용합니다.</translation>
    </message>
    <message>
        <source>Training here uses the CPU: %1</source>
        <translation>이 컴퓨터에서는 CPU로 학습합니다: %1</translation>
    </message>
    <message>
        <source>Measured here %1 times; the last forecast was off by %2 %.</source>
        <translation>여기서 %1번 측정했고, 마지막 예측의 오차는 %2 %였습니다.</translation>
    </message>
    <message>
        <source>Invalid model</source>
        <translation>잘못된 모델</translation>
    </message>
    <message>
        <source>Other: %1, like %2</source>
        <translation>다른 카드: %1 (%2 기준)</translation>
    </message>
    <message>
        <source>%1 (here, %2)</source>
        <translation>%1 (이 컴퓨터, %2)</translation>
    </message>
    <message>
        <source>%1 over, in validation.</source>
        <translation>검증에서 %1 초과합니다.</translation>
    </message>
    <message>
        <source>Steps cannot be divided</source>
        <translation>스텝을 나눌 수 없음</translation>
    </message>
    <message numerus="yes">
        <source>One of %n ranks.</source>
        <translation>
            <numerusform>랭크 %n개 중 하나입니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>NCCL takes %1 to %2 of the card, estimated.</source>
        <translation>NCCL이 카드에서 %1~%2를 차지합니다(추정).</translation>
    </message>
    <message>
        <source>%1 kept free for them.</source>
        <translation>이를 위해 %1를 비워 둡니다.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1: %2, from step %3 on</source>
        <translation>%1: %2, 스텝 %3부터</translation>
    </message>
    <message>
        <source>out of memory, batch %1 → %2</source>
        <translation>메모리 부족, 배치 %1 → %2</translation>
    </message>
    <message>
        <source>update skipped: not finite</source>
        <translation>업데이트 건너뜀: NaN/Inf</translation>
    </message>
    <message>
        <source>%1 skipped so far. In the batch: %2</source>
        <translation>지금까지 %1회 건너뜀. 배치에 있던 것: %2</translation>
    </message>
    <message>
        <source>could not save</source>
        <translation>저장하지 못함</translation>
    </message>
    <message>
        <source>paused %1</source>
        <translation>일시 정지 %1</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>stopped, not all saved</source>
        <translation>중지됨, 일부 저장 안 됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>재개됨</translation>
    </message>
    <message>
        <source>Resumed at step %1 by version %2</source>
        <translation>스텝 %1에서 재개됨, 버전 %2</translation>
    </message>
</context>
<context>
    <name>headroom::ui::AuditionStrip</name>
    <message>
        <source>Stem to listen to</source>
        <translation>들을 스템</translation>
    </message>
    <message>
        <source>%1, %2 s, by epoch:</source>
        <translation>%1, %2초, 에폭별:</translation>
    </message>
    <message>
        <source>An excerpt of this song, separated after each validation</source>
        <translation>검증마다 분리한 이 곡의 발췌</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Listen to epoch %1</source>
        <translation>에폭 %1 듣기</translation>
    </message>
    <message>
        <source>Listen to the ground truth</source>
        <translation>정답 듣기</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CapacityDialog</name>
    <message>
        <source>Other card</source>
        <translation>다른 카드</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>Memory of the card</source>
        <translation>카드 메모리</translation>
    </message>
    <message>
        <source>The forecast is for a card like %1 with this amount of memory.</source>
        <translation>메모리가 이만큼이고 나머지는 %1와(과) 같은 카드를 예측합니다.</translation>
    </message>
    <message>
        <source>&amp;Memory of the card</source>
        <translation>카드 메모리(&amp;M)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CardBox</name>
    <message>
        <source>Card</source>
        <translation>카드</translation>
    </message>
    <message>
        <source>Search for a card</source>
        <translation>카드 찾기</translation>
    </message>
    <message>
        <source>Cards found</source>
        <translation>찾은 카드</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>다른 카드…</translation>
    </message>
    <message>
        <source>A card with an amount of memory of your choice</source>
        <translation>메모리 용량을 직접 정하는 카드</translation>
    </message>
    <message>
        <source>The device that the run is training on</source>
        <translation>실행이 학습 중인 장치</translation>
    </message>
    <message>
        <source>The card of the forecast. Type to search. LibTorch supports cards with compute capability 7.5 or higher: GTX 16, RTX 20 and newer.</source>
        <translation>예측 대상 카드. 입력하면 찾습니다. LibTorch는 컴퓨트 능력 7.5 이상인 카드(GTX 16, RTX 20 이후)를 지원합니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ChoiceEditor</name>
    <message>
        <source>updating</source>
        <translation>갱신 중</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ColorScale</name>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>Colors of the spectrogram, dark to light: %1 to %2</source>
        <translation>스펙트로그램 색, 어두운 색부터 밝은 색까지: %1~%2</translation>
    </message>
    <message>
        <source>Colors of the spectrogram; 0 dB is a full-scale sine</source>
        <translation>스펙트로그램 색. 0 dB는 풀 스케일 사인파입니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CommandLineDialog</name>
    <message>
        <source>Command line</source>
        <translation>명령줄</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Trains with this configuration from a terminal. Add --data and your data set folder.</source>
        <translation>터미널에서 이 구성으로 학습합니다. --data와 데이터셋 폴더를 덧붙이세요.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComparePanel</name>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>X is %1</source>
        <translation>X는 %1</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>라우드니스</translation>
    </message>
    <message>
        <source>Separation of %1</source>
        <translation>%1 분리</translation>
    </message>
    <message>
        <source>Choose a source</source>
        <translation>소스 선택</translation>
    </message>
    <message>
        <source>%1   %2 LUFS   gain %3 dB</source>
        <translation>%1   %2 LUFS   게인 %3 dB</translation>
    </message>
    <message>
        <source>%1   silent</source>
        <translation>%1   무음</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>A or B, hidden</source>
        <translation>A 또는 B, 숨김</translation>
    </message>
    <message>
        <source>Match loudness of A, B and X</source>
        <translation>A, B, X의 라우드니스 맞추기</translation>
    </message>
    <message>
        <source>Stem to compare</source>
        <translation>비교할 스템</translation>
    </message>
    <message>
        <source>Correct. A new X has been chosen.</source>
        <translation>맞았습니다. 새 X를 정했습니다.</translation>
    </message>
    <message>
        <source>Wrong. A new X has been chosen.</source>
        <translation>틀렸습니다. 새 X를 정했습니다.</translation>
    </message>
    <message>
        <source>The louder source is attenuated to match the other (EBU R 128); none is amplified</source>
        <translation>더 큰 소스를 다른 소스에 맞춰 줄입니다(EBU R 128). 키우지는 않습니다</translation>
    </message>
    <message>
        <source>Choose source %1</source>
        <translation>소스 %1 선택</translation>
    </message>
    <message>
        <source>cSDR %1 dB on this song</source>
        <translation>이 곡에서 cSDR %1 dB</translation>
    </message>
    <message>
        <source>a checkpoint, a file or the ground truth</source>
        <translation>체크포인트, 파일 또는 정답</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>%1: waiting</source>
        <translation>%1: 대기 중</translation>
    </message>
    <message>
        <source>%1: %2 % (%3)</source>
        <translation>%1: %2 % (%3)</translation>
    </message>
    <message>
        <source>%1: separated (%2)</source>
        <translation>%1: 분리 완료 (%2)</translation>
    </message>
    <message>
        <source>%1: canceled</source>
        <translation>%1: 취소됨</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <translation>%1: 실패</translation>
    </message>
    <message>
        <source>blind test</source>
        <translation>블라인드 테스트</translation>
    </message>
    <message>
        <source>%1 of %2 correct, p = %3</source>
        <translation>%2번 중 %1번 맞음, p = %3</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ConfigModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n개 더</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ConfigurationController</name>
    <message>
        <source>&amp;Command line...</source>
        <translation>명령줄(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>되돌리기(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 하기(&amp;R)</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Configurations (*.yaml *.yml)</source>
        <translation>구성 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Open &amp;recent configuration</source>
        <translation>최근 구성 열기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;New from preset</source>
        <translation>프리셋으로 새로 만들기(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open configuration...</source>
        <translation>구성 열기(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Save configuration</source>
        <translation>구성 저장(&amp;S)</translation>
    </message>
    <message>
        <source>Save con&amp;figuration as...</source>
        <translation>다른 이름으로 구성 저장(&amp;A)...</translation>
    </message>
    <message>
        <source>Before the changes</source>
        <translation>변경 전</translation>
    </message>
    <message>
        <source>Undo list</source>
        <translation>되돌리기 목록</translation>
    </message>
    <message>
        <source>&amp;Find an option</source>
        <translation>옵션 찾기(&amp;F)</translation>
    </message>
    <message>
        <source>Open configuration</source>
        <translation>구성 열기</translation>
    </message>
    <message>
        <source>Could not open the configuration</source>
        <translation>구성을 열지 못했습니다</translation>
    </message>
    <message>
        <source>Save configuration</source>
        <translation>구성 저장</translation>
    </message>
    <message>
        <source>Could not save the configuration</source>
        <translation>구성을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Unsaved configuration</source>
        <translation>저장하지 않은 구성</translation>
    </message>
    <message>
        <source>Save the changes to the configuration &quot;%1&quot;?</source>
        <translation>&quot;%1&quot; 구성의 변경을 저장할까요?</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ConfigurationTable</name>
    <message>
        <source>Option</source>
        <translation>옵션</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ConversionDialog</name>
    <message>
        <source>Converted configuration</source>
        <translation>변환된 구성</translation>
    </message>
    <message>
        <source>%1 is an MSST configuration of a %2</source>
        <translation>%1은(는) %2의 MSST 구성입니다</translation>
    </message>
    <message>
        <source>%1 is the authors&apos; configuration of a %2</source>
        <translation>%1은(는) 저자 코드의 %2 구성입니다</translation>
    </message>
    <message>
        <source>Keys taken over: %1, of which %2 with differences. Keys without a counterpart: %3.</source>
        <translation>가져온 키: %1개(그중 %2개는 의미가 조금 다름). 대응하는 옵션이 없는 키: %3개.</translation>
    </message>
    <message>
        <source>What became of each key</source>
        <translation>각 키의 변환 결과</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DataPage</name>
    <message>
        <source>cannot be read: %1</source>
        <translation>읽을 수 없음: %1</translation>
    </message>
    <message>
        <source>song %v of %m</source>
        <translation>%v / %m곡</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Find a song</source>
        <translation>곡 찾기</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Table…</source>
        <translation>표…</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>곡</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Files of this song</source>
        <translation>이 곡의 파일</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>kHz</source>
        <translation>kHz</translation>
    </message>
    <message>
        <source>Peak, dBFS</source>
        <translation>피크, dBFS</translation>
    </message>
    <message>
        <source>Clipped</source>
        <translation>클리핑</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>무음</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>인코딩</translation>
    </message>
    <message>
        <source>a folder per song (MUSDB18, MSST type 1)</source>
        <translation>곡마다 폴더 하나 (MUSDB18, MSST 유형 1)</translation>
    </message>
    <message>
        <source>a folder per artist, with a folder per song</source>
        <translation>아티스트 폴더 안에 곡마다 폴더 하나</translation>
    </message>
    <message>
        <source>a folder per stem (MSST type 2)</source>
        <translation>스템마다 폴더 하나 (MSST 유형 2)</translation>
    </message>
    <message>
        <source>a table of files (MSST type 3)</source>
        <translation>파일 목록 (MSST 유형 3)</translation>
    </message>
    <message>
        <source>a folder of tracks per stem</source>
        <translation>스템마다 트랙 폴더 하나</translation>
    </message>
    <message>
        <source>MoisesDB: stems are sums of tracks</source>
        <translation>MoisesDB: 스템은 트랙의 합</translation>
    </message>
    <message>
        <source>Layout: %1</source>
        <translation>구성 방식: %1</translation>
    </message>
    <message>
        <source>&lt;b&gt;Songs&lt;/b&gt;</source>
        <translation>&lt;b&gt;곡&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; %2 songs, %3. Errors: %4, warnings: %5, notes: %6</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; %2곡, %3. 오류: %4, 경고: %5, 참고: %6</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>No songs yet</source>
        <translation>아직 곡이 없습니다</translation>
    </message>
    <message>
        <source>Re-scan</source>
        <translation>다시 검사</translation>
    </message>
    <message>
        <source>Use these songs</source>
        <translation>이 곡 사용</translation>
    </message>
    <message>
        <source>Back to the run&apos;s songs</source>
        <translation>실행의 곡으로 돌아가기</translation>
    </message>
    <message>
        <source>Songs inspected</source>
        <translation>검사한 곡</translation>
    </message>
    <message>
        <source>A folder of songs, or a table of their files (.csv). You can also drop it on the window</source>
        <translation>곡이 들어 있는 폴더, 또는 그 파일을 나열한 표(.csv). 창에 끌어다 놓아도 됩니다</translation>
    </message>
    <message>
        <source>Open or drop a folder that contains train and test, or one folder per song or per stem, or a table (.csv) with the columns instrum and path. A song has an audio file or a folder of tracks per stem, such as vocals.wav.</source>
        <translation>train과 test가 들어 있는 폴더, 곡이나 스템마다 폴더가 하나씩 있는 폴더, 또는 instrum과 path 열이 있는 표(.csv)를 열거나 끌어다 놓으세요. 각 곡에는 스템마다 vocals.wav 같은 오디오 파일 하나 또는 트랙 폴더 하나가 있습니다.</translation>
    </message>
    <message>
        <source>Open a data set</source>
        <translation>데이터셋 열기</translation>
    </message>
    <message>
        <source>Make these songs the data set of the configuration</source>
        <translation>이 곡들을 구성의 데이터셋으로 정합니다</translation>
    </message>
    <message>
        <source>Choose a data set</source>
        <translation>데이터셋 선택</translation>
    </message>
    <message>
        <source>Choose a table of audio files</source>
        <translation>오디오 파일의 표 선택</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Preview of %1. The open run &quot;%2&quot; trains on another data set.</source>
        <translation>%1을(를) 미리 보는 중입니다. 열려 있는 실행 &quot;%2&quot;은(는) 다른 데이터셋으로 학습합니다.</translation>
    </message>
    <message>
        <source>Excluded songs: %1. They are listed in the option data.exclude; audio files are never changed.</source>
        <translation>제외한 곡: %1. data.exclude 옵션에 기록되며 오디오 파일은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>검사 결과</translation>
    </message>
    <message>
        <source>Include</source>
        <translation>포함</translation>
    </message>
    <message>
        <source>✓ No problems found.</source>
        <translation>✓ 문제가 없습니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DemoButton</name>
    <message>
        <source>Synthesizes eight short demo songs with stems, once, and trains a small model on them</source>
        <translation>스템이 있는 짧은 데모 곡 8개를 한 번 합성하고, 그 곡으로 작은 모델을 학습합니다</translation>
    </message>
    <message>
        <source>Start with the demo songs</source>
        <translation>데모 곡으로 시작</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DemoStart</name>
    <message>
        <source>Synthesizing song %1 of %2</source>
        <translation>곡 합성 중: %1 / %2</translation>
    </message>
    <message>
        <source>Synthesizing songs</source>
        <translation>곡 합성 중</translation>
    </message>
</context>
<context>
    <name>headroom::ui::EffectiveBatchBox</name>
    <message>
        <source>Lock the effective batch</source>
        <translation>유효 배치 잠금</translation>
    </message>
    <message>
        <source>While locked, batch size and accumulation are divisors of the effective batch, and changing one changes the other.</source>
        <translation>잠그면 배치 크기와 누적이 유효 배치의 약수가 되고, 하나를 바꾸면 다른 하나도 바뀝니다.</translation>
    </message>
    <message>
        <source>Effective batch locked at &lt;b&gt;%1&lt;/b&gt; = %2</source>
        <translation>유효 배치 잠금 &lt;b&gt;%1&lt;/b&gt; = %2</translation>
    </message>
    <message>
        <source>Effective batch &lt;b&gt;%1&lt;/b&gt; = %2</source>
        <translation>유효 배치 &lt;b&gt;%1&lt;/b&gt; = %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 × %n ranks</source>
        <translation>
            <numerusform>%1 × 랭크 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headroom::ui::ErrorDialog</name>
    <message>
        <source>What</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>해결 방법</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExportDialog</name>
    <message>
        <source>Export stems</source>
        <translation>스템 내보내기</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Folder for the stems</source>
        <translation>스템을 저장할 폴더</translation>
    </message>
    <message>
        <source>WAV</source>
        <translation>WAV</translation>
    </message>
    <message>
        <source>FLAC</source>
        <translation>FLAC</translation>
    </message>
    <message>
        <source>Stems</source>
        <translation>스템</translation>
    </message>
    <message>
        <source>Save in</source>
        <translation>저장 위치</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 초</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>겹침</translation>
    </message>
    <message>
        <source>Overwrite existing files</source>
        <translation>기존 파일 덮어쓰기</translation>
    </message>
    <message>
        <source>Rest: mixture minus the exported stems</source>
        <translation>나머지: 믹스에서 내보낸 스템을 뺀 것</translation>
    </message>
    <message>
        <source>same as training</source>
        <translation>학습과 같음</translation>
    </message>
    <message>
        <source>Length of audio that the model processes at once; longer segments take more memory</source>
        <translation>모델이 한 번에 처리하는 오디오의 길이. 세그먼트가 길수록 메모리를 더 씁니다</translation>
    </message>
    <message>
        <source>Overlap of consecutive segments; more overlap takes longer and gives smoother transitions</source>
        <translation>이웃한 세그먼트의 겹침. 많이 겹칠수록 오래 걸리지만 더 매끄럽게 이어집니다</translation>
    </message>
    <message>
        <source>Bit depth</source>
        <translation>비트 심도</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>세그먼트</translation>
    </message>
    <message>
        <source>32-bit float</source>
        <translation>32비트 부동소수점</translation>
    </message>
    <message>
        <source>24-bit</source>
        <translation>24비트</translation>
    </message>
    <message>
        <source>16-bit</source>
        <translation>16비트</translation>
    </message>
    <message>
        <source>MP3, 320 kbit/s</source>
        <translation>MP3, 320 kbit/s</translation>
    </message>
    <message>
        <source>Average three passes</source>
        <translation>세 번 분리해 평균 내기</translation>
    </message>
    <message>
        <source>Test-time augmentation: separates three times, also with inverted polarity and with left and right swapped, and averages; takes three times as long</source>
        <translation>테스트 시 증강: 위상을 뒤집은 것과 좌우를 바꾼 것도 함께 세 번 분리해 평균을 냅니다. 시간이 세 배 걸립니다</translation>
    </message>
    <message>
        <source>Only the loop, %1 to %2</source>
        <translation>반복 구간만, %1~%2</translation>
    </message>
    <message>
        <source>Also search subfolders</source>
        <translation>하위 폴더도 검색</translation>
    </message>
    <message>
        <source>Folder of songs</source>
        <translation>곡 폴더</translation>
    </message>
    <message>
        <source>the open song</source>
        <translation>열려 있는 곡</translation>
    </message>
    <message>
        <source>A folder whose songs are separated instead of the open song</source>
        <translation>열려 있는 곡 대신 이 폴더의 곡들을 분리합니다</translation>
    </message>
    <message>
        <source>Stems of songs in subfolders go to subfolders of the same names</source>
        <translation>하위 폴더에 있는 곡의 스템은 같은 이름의 하위 폴더에 저장합니다</translation>
    </message>
    <message>
        <source>Path of a stem file in the folder, without extension. %1: the song, %2: the stem, %3: the folder of the song, %4: the weights file or run, %5: the kind of the model, %6: seconds since 1970</source>
        <translation>폴더 안에서 스템 파일의 경로, 확장자 제외. %1: 곡, %2: 스템, %3: 곡이 있는 폴더, %4: 가중치 파일 또는 실행, %5: 모델 종류, %6: 1970년부터의 초</translation>
    </message>
    <message>
        <source>Segments that are separated together; 0: as many as fit the card, and one on the CPU</source>
        <translation>함께 분리하는 세그먼트 수. 0이면 카드에 들어가는 만큼, CPU에서는 하나</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>곡</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>Choose the folder of songs</source>
        <translation>곡 폴더 선택</translation>
    </message>
    <message>
        <source>Choose the folder for the stems</source>
        <translation>스템을 저장할 폴더 선택</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FlameGraph</name>
    <message>
        <source>Live memory by module</source>
        <translation>모듈별 사용 중 메모리</translation>
    </message>
    <message>
        <source>All tensors</source>
        <translation>모든 텐서</translation>
    </message>
    <message>
        <source>%1: %2, %3 % of the total; tensors: %4</source>
        <translation>%1: %2, 전체의 %3 %, 텐서 %4개</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ForecastController</name>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Open &amp;memory snapshot...</source>
        <translation>메모리 스냅샷 열기(&amp;M)...</translation>
    </message>
    <message>
        <source>A recording of any PyTorch program: would it fit the chosen card?</source>
        <translation>PyTorch 프로그램의 기록: 선택한 카드에 들어갈까요?</translation>
    </message>
    <message>
        <source>Open memory snapshot</source>
        <translation>메모리 스냅샷 열기</translation>
    </message>
    <message>
        <source>Memory snapshots of PyTorch (*.pickle *.pkl);;All files (*)</source>
        <translation>PyTorch 메모리 스냅샷 (*.pickle *.pkl);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::GainSlider</name>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
</context>
<context>
    <name>headroom::ui::HeadroomBar</name>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>다른 방법</translation>
    </message>
    <message>
        <source>updating</source>
        <translation>갱신 중</translation>
    </message>
    <message>
        <source>Also fits: %1</source>
        <translation>이것도 들어감: %1</translation>
    </message>
    <message>
        <source>Computing the forecast…</source>
        <translation>예측을 계산하는 중…</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
</context>
<context>
    <name>headroom::ui::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>manual.en.md</source>
        <extracomment>File name of the manual in this language.</extracomment>
        <translation>manual.ko.md</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LaneHeader</name>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Solo, %1</source>
        <translation>솔로, %1</translation>
    </message>
    <message>
        <source>Mute (M)</source>
        <translation>음소거 (M)</translation>
    </message>
    <message>
        <source>Mute, %1</source>
        <translation>음소거, %1</translation>
    </message>
    <message>
        <source>Solo: play only soloed lanes (S)</source>
        <translation>솔로: 솔로로 지정한 레인만 재생 (S)</translation>
    </message>
    <message>
        <source>Gain of %1</source>
        <translation>%1의 게인</translation>
    </message>
    <message>
        <source>Gain (+ and -); double-click the lane header to reset</source>
        <translation>게인 (+, -). 레인 머리글을 두 번 클릭하면 초기화됩니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LaneList</name>
    <message>
        <source>min:s</source>
        <translation>분:초</translation>
    </message>
    <message>
        <source>mixture minus %1</source>
        <translation>믹스 − %1</translation>
    </message>
    <message>
        <source>mixture minus all stems</source>
        <translation>믹스 − 모든 스템</translation>
    </message>
    <message>
        <source>A or B, hidden</source>
        <translation>A 또는 B, 숨김</translation>
    </message>
    <message>
        <source>source %1, %2</source>
        <translation>소스 %1, %2</translation>
    </message>
    <message>
        <source>%1: levels in view</source>
        <translation>%1: 보이는 범위의 레벨</translation>
    </message>
    <message>
        <source>hidden while X plays</source>
        <translation>X를 재생하는 동안 숨김</translation>
    </message>
    <message>
        <source>this source has no such stem</source>
        <translation>이 소스에는 이 스템이 없음</translation>
    </message>
    <message>
        <source>Decoding: %1 %</source>
        <translation>디코딩 중: %1 %</translation>
    </message>
    <message>
        <source>unprocessed</source>
        <translation>처리 안 함</translation>
    </message>
    <message>
        <source>ground truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>%1 minus ground truth</source>
        <translation>%1 − 정답</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LargeTensorTable</name>
    <message>
        <source>Module and operator</source>
        <translation>모듈과 연산</translation>
    </message>
    <message>
        <source>Shape and type</source>
        <translation>형상과 자료형</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LevelMeter</name>
    <message>
        <source>Peak level</source>
        <translation>피크 레벨</translation>
    </message>
    <message>
        <source>Highest peak %1 dBFS</source>
        <translation>최고 피크 %1 dBFS</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LibTorchDialog</name>
    <message>
        <source>Headroom computes with LibTorch, which is not on this machine yet. Download it from PyPI (%1 MB)? An interrupted download is continued the next time.</source>
        <translation>Headroom은 LibTorch로 계산하는데, 아직 이 컴퓨터에 없습니다. PyPI에서 내려받을까요(%1MB)? 중단된 다운로드는 다음에 이어집니다.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>LibTorch could not be installed: %1</source>
        <translation>LibTorch를 설치하지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Unpacking LibTorch…</source>
        <translation>LibTorch 압축을 푸는 중…</translation>
    </message>
    <message>
        <source>Downloading LibTorch…</source>
        <translation>LibTorch를 내려받는 중…</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ListenController</name>
    <message>
        <source>Listen</source>
        <translation>듣기</translation>
    </message>
    <message>
        <source>Open &amp;audio...</source>
        <translation>오디오 열기(&amp;U)...</translation>
    </message>
    <message>
        <source>Open &amp;weights to listen to...</source>
        <translation>들을 가중치 열기(&amp;W)...</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>재생 또는 일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Stop playback</source>
        <translation>재생 정지(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Next song</source>
        <translation>다음 곡(&amp;N)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ListenPage</name>
    <message>
        <source>Listen</source>
        <translation>듣기</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>곡</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>파일 열기</translation>
    </message>
    <message>
        <source>Next song</source>
        <translation>다음 곡</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>The run has no checkpoint yet</source>
        <translation>이 실행에는 아직 체크포인트가 없습니다</translation>
    </message>
    <message>
        <source>No song yet</source>
        <translation>아직 곡이 없습니다</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Choose a song</source>
        <translation>곡 선택</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Levels of the current lane in the visible range, as a table (T)</source>
        <translation>현재 레인의 보이는 범위 레벨을 표로 보기 (T)</translation>
    </message>
    <message>
        <source>Drop an audio file here, or open one. Songs of the configured data set are listed on the left.</source>
        <translation>여기에 오디오 파일을 끌어다 놓거나 파일을 여세요. 구성에 지정한 데이터셋의 곡은 왼쪽 목록에 있습니다.</translation>
    </message>
    <message>
        <source>Save a checkpoint, then listen.</source>
        <translation>체크포인트를 저장한 뒤 들으세요.</translation>
    </message>
    <message>
        <source>Audio file</source>
        <translation>오디오 파일</translation>
    </message>
    <message>
        <source>Audio (%1)</source>
        <translation>오디오 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LookBox</name>
    <message>
        <source>Both</source>
        <translation>둘 다</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>파형</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>스펙트로그램</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>선형</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Mel</source>
        <translation>멜</translation>
    </message>
    <message>
        <source>Frequency scale</source>
        <translation>주파수 눈금</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>Contents of the lanes</source>
        <translation>레인에 표시할 내용</translation>
    </message>
    <message>
        <source>Lowest level of the spectrogram</source>
        <translation>스펙트로그램의 최저 레벨</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MainWindow</name>
    <message>
        <source>More of the tool bar</source>
        <translation>도구 모음 더 보기</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Audio</source>
        <translation>오디오(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>구성</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryPage</name>
    <message>
        <source>One training step</source>
        <translation>학습 스텝 하나</translation>
    </message>
    <message>
        <source>At the cross-hair</source>
        <translation>십자선 위치</translation>
    </message>
    <message>
        <source>Show the whole timeline</source>
        <translation>타임라인 전체 보기</translation>
    </message>
    <message>
        <source>%1 allocated in %2</source>
        <translation>%2에서 %1 할당</translation>
    </message>
    <message>
        <source>the step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Compared with %1</source>
        <translation>%1와(과) 비교 중</translation>
    </message>
    <message>
        <source>Export the timeline</source>
        <translation>타임라인 내보내기</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>내보내지 못함</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>측정값</translation>
    </message>
    <message>
        <source>Measured: %1, forecast %2 %</source>
        <translation>측정값: %1, 예측 오차 %2 %</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Memory of one training step, in bytes</source>
        <translation>학습 스텝 하나의 메모리(바이트)</translation>
    </message>
    <message>
        <source>Card limit</source>
        <translation>카드 한도</translation>
    </message>
    <message>
        <source>Compare with the 32 GB guide</source>
        <translation>32 GB 가이드와 비교</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n changed</source>
        <translation>
            <numerusform>%1, %n개 변경</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Section of the step</source>
        <translation>스텝 구간</translation>
    </message>
    <message>
        <source>Extend the memory axis to the card&apos;s limit, or only to the peak of this step</source>
        <translation>메모리 축을 카드 한도까지, 또는 이 스텝의 피크까지만 표시합니다</translation>
    </message>
    <message>
        <source>Pin for comparison</source>
        <translation>비교용으로 고정</translation>
    </message>
    <message>
        <source>Keeps the curve of this configuration in the chart while you try others</source>
        <translation>다른 구성을 시험하는 동안 이 구성의 곡선을 차트에 남겨 둡니다</translation>
    </message>
    <message>
        <source>The values of the timeline, in bytes</source>
        <translation>타임라인의 값(바이트)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Tensors at the peak</source>
        <translation>피크의 텐서</translation>
    </message>
    <message>
        <source>The figures of the guide for 32 GB cards beside those of this card</source>
        <translation>32 GB 카드 가이드의 수치와 이 카드의 수치를 나란히 보여 줍니다</translation>
    </message>
    <message>
        <source>The guide for 32 GB cards, on this card</source>
        <translation>32 GB 카드 가이드와 이 카드</translation>
    </message>
    <message>
        <source>Cancel profiling</source>
        <translation>프로파일링 취소</translation>
    </message>
    <message>
        <source>Profile three steps</source>
        <translation>세 스텝 프로파일링</translation>
    </message>
    <message>
        <source>Runs three steps of this configuration on noise, on this machine&apos;s device, and draws their memory over the forecast. Nothing is written to disk.</source>
        <translation>이 컴퓨터의 장치에서 이 구성으로 잡음을 입력해 세 스텝을 실행하고, 그 메모리를 예측 위에 그립니다. 디스크에는 아무것도 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Phases of the run</source>
        <translation>실행 단계</translation>
    </message>
    <message>
        <source>The most memory that each phase of the run holds. Between phases, unused memory is returned to the card.</source>
        <translation>실행의 각 단계가 차지하는 최대 메모리입니다. 단계 사이에 사용하지 않는 메모리는 카드에 반환됩니다.</translation>
    </message>
    <message>
        <source>Time of training steps</source>
        <translation>학습 스텝 시간</translation>
    </message>
    <message>
        <source>Training steps only: without validation, checkpoints and waiting for data. From published figures, the lower end is what the card could do at best, and the upper end what it should do at least.</source>
        <translation>학습 스텝만 포함하며 검증, 체크포인트 저장, 데이터 대기는 제외합니다. 공식 사양에서 계산한 경우, 하한은 카드의 최고 성능일 때이고 상한은 커널이 그 일부만 낼 때의 가정입니다</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>실행 전체</translation>
    </message>
    <message>
        <source>Timeline of</source>
        <translation>타임라인 대상</translation>
    </message>
    <message>
        <source>The memory of one training step, or of all phases of the run from its start</source>
        <translation>학습 스텝 하나의 메모리, 또는 시작부터 실행의 모든 단계의 메모리</translation>
    </message>
    <message>
        <source>Memory of the run, in bytes</source>
        <translation>실행의 메모리(바이트)</translation>
    </message>
    <message>
        <source>Live memory by module</source>
        <translation>모듈별 사용 중 메모리</translation>
    </message>
    <message>
        <source>List of tensors</source>
        <translation>텐서 목록</translation>
    </message>
    <message>
        <source>The largest tensors at the peak of the step, or all that are live at the place that was clicked in the timeline, by module</source>
        <translation>스텝의 피크에서 가장 큰 텐서, 또는 타임라인에서 클릭한 위치에 살아 있는 모든 텐서를 모듈별로 보여 줍니다</translation>
    </message>
    <message>
        <source>at event %1, in %2</source>
        <translation>이벤트 %1, %2</translation>
    </message>
    <message>
        <source>It has the start and the steps; the peak of the run, %1, is not in them.</source>
        <translation>시작과 스텝이 들어 있습니다. 실행의 피크 %1는 여기에 없습니다.</translation>
    </message>
    <message>
        <source>Image (*.png)</source>
        <translation>이미지 (*.png)</translation>
    </message>
    <message>
        <source>Vector image (*.svg)</source>
        <translation>벡터 이미지 (*.svg)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Flame graph, folded stacks (*.folded)</source>
        <translation>플레임 그래프, 접힌 스택 (*.folded)</translation>
    </message>
    <message>
        <source>Memory snapshot of PyTorch (*.pickle)</source>
        <translation>PyTorch 메모리 스냅샷 (*.pickle)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryTimeline</name>
    <message>
        <source>Memory of one training step</source>
        <translation>학습 스텝 하나의 메모리</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>Allocation no.</source>
        <translation>할당 번호</translation>
    </message>
    <message>
        <source>↑ Card limit: %1</source>
        <translation>↑ 카드 한도: %1</translation>
    </message>
    <message>
        <source>Card limit: %1</source>
        <translation>카드 한도: %1</translation>
    </message>
    <message>
        <source>Total on device: %1</source>
        <translation>장치 총사용량: %1</translation>
    </message>
    <message>
        <source>Memory of one training step: %1</source>
        <translation>학습 스텝 하나의 메모리: %1</translation>
    </message>
    <message>
        <source>Total on device</source>
        <translation>장치 총사용량</translation>
    </message>
    <message>
        <source>Compared: %1</source>
        <translation>비교: %1</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>측정값</translation>
    </message>
    <message>
        <source>Forecast: %1 of %2 on the device; %3 allocated at the peak (◆)</source>
        <translation>예측: 장치 %2 중 %1 사용, 피크(◆)에서 %3 할당</translation>
    </message>
    <message>
        <source>Memory of the run</source>
        <translation>실행의 메모리</translation>
    </message>
    <message>
        <source>Memory of the run: %1</source>
        <translation>실행의 메모리: %1</translation>
    </message>
    <message>
        <source>Phases of the run, all drawn equally wide</source>
        <translation>실행의 단계(모두 같은 너비로 표시)</translation>
    </message>
    <message>
        <source>Memory of the program</source>
        <translation>프로그램의 메모리</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>headroom::ui::NowPlaying</name>
    <message>
        <source>Song</source>
        <translation>곡</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 일시 정지</translation>
    </message>
    <message>
        <source>Play %1</source>
        <translation>%1 재생</translation>
    </message>
    <message>
        <source>Pause (Ctrl+P)</source>
        <translation>일시 정지 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Play (Ctrl+P)</source>
        <translation>재생 (Ctrl+P)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::NumberBox</name>
    <message>
        <source>“%1” is not a number.</source>
        <translation>“%1”은(는) 숫자가 아닙니다.</translation>
    </message>
    <message>
        <source>%1 is not between %2 and %3; kept %4.</source>
        <translation>%1은(는) %2~%3 범위에 없습니다. %4을(를) 유지합니다.</translation>
    </message>
    <message>
        <source>“%1” is not a whole number; kept %2.</source>
        <translation>“%1”은(는) 정수가 아닙니다. %2을(를) 유지합니다.</translation>
    </message>
    <message>
        <source>“%1” is ambiguous or not a number; kept %2. Write 1500 or 1.5.</source>
        <translation>“%1”은(는) 모호하거나 숫자가 아닙니다. %2을(를) 유지합니다. 1500이나 1.5처럼 쓰세요.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::NumberEditor</name>
    <message>
        <source>auto</source>
        <translation>자동</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionPanel</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n개 더</numerusform>
        </translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>명령줄</translation>
    </message>
    <message numerus="yes">
        <source>%n changed from the preset</source>
        <translation>
            <numerusform>프리셋에서 %n개 변경</numerusform>
        </translation>
    </message>
    <message>
        <source>No matching options</source>
        <translation>일치하는 옵션이 없습니다</translation>
    </message>
    <message>
        <source>Find an option</source>
        <translation>옵션 찾기</translation>
    </message>
    <message>
        <source>More options: %1</source>
        <translation>옵션 더 보기: %1</translation>
    </message>
    <message>
        <source>Show the command that trains with this configuration</source>
        <translation>이 구성으로 학습하는 명령을 보여 줍니다</translation>
    </message>
    <message>
        <source>same as the preset</source>
        <translation>프리셋과 같음</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionRow</name>
    <message>
        <source>was %1</source>
        <translation>이전 %1</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>next step</source>
        <translation>다음 스텝부터</translation>
    </message>
    <message>
        <source>new run</source>
        <translation>새 실행 필요</translation>
    </message>
    <message>
        <source>Reset to %1</source>
        <translation>%1(으)로 되돌리기</translation>
    </message>
    <message>
        <source>%1: reset to %2</source>
        <translation>%1: %2(으)로 되돌리기</translation>
    </message>
    <message>
        <source>on resume</source>
        <translation>재개할 때</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>비어 있음</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionSlider</name>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: updating</source>
        <translation>%1: 갱신 중</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OverlayPlot</name>
    <message>
        <source>cSDR, dB ↑</source>
        <translation>cSDR, dB ↑</translation>
    </message>
    <message>
        <source>Loss, smoothed</source>
        <translation>손실, 평활화</translation>
    </message>
    <message>
        <source>Curves of selected runs</source>
        <translation>선택한 실행의 곡선</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PartsBar</name>
    <message>
        <source>Memory of the card by part</source>
        <translation>부분별 카드 메모리</translation>
    </message>
    <message>
        <source>%1 headroom</source>
        <translation>여유 %1</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Card limit %1 GiB</source>
        <translation>카드 한도 %1 GiB</translation>
    </message>
    <message>
        <source>%1: %2, %3 % of the total</source>
        <translation>%1: %2, 전체의 %3 %</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>%2 중 %1 사용</translation>
    </message>
</context>
<context>
    <name>headroom::ui::Player</name>
    <message>
        <source>%1 has stopped working</source>
        <translation>%1이(가) 작동을 멈췄습니다</translation>
    </message>
    <message>
        <source>%1 does not support %2 Hz stereo</source>
        <translation>%1은(는) %2 Hz 스테레오를 지원하지 않습니다</translation>
    </message>
    <message>
        <source>Cannot open %1</source>
        <translation>%1을(를) 열 수 없습니다</translation>
    </message>
    <message>
        <source>No audio device found</source>
        <translation>오디오 장치를 찾지 못했습니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>환경 설정</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>언어(&amp;A)</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>Follow system</source>
        <translation>시스템 설정 따름</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Memory of other programs</source>
        <translation>다른 프로그램의 메모리(&amp;M)</translation>
    </message>
    <message>
        <source>A new language takes effect at the next start. The memory that other programs use on the card is an assumption until a run on the card has measured it.</source>
        <translation>새 언어는 다음에 시작할 때 적용됩니다. 다른 프로그램이 카드에서 사용하는 메모리는 그 카드에서 실행해 측정하기 전까지는 가정한 값입니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PresetBox</name>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RankBox</name>
    <message>
        <source>Ranks</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source> rank</source>
        <translation>개 랭크</translation>
    </message>
    <message>
        <source> ranks</source>
        <translation>개 랭크</translation>
    </message>
    <message>
        <source>The ranks of the run</source>
        <translation>이 실행의 랭크</translation>
    </message>
    <message>
        <source>Ranks: processes that train the run together, each on a card of its own. They share the accumulation steps of an update, so that it stays the same.</source>
        <translation>랭크: 각자 다른 카드에서 한 실행을 함께 학습하는 프로세스입니다. 업데이트의 누적 스텝을 나누어 맡으므로 업데이트는 그대로입니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunActions</name>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>지금 저장</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>새 실행</translation>
    </message>
    <message>
        <source>New run with 1 change</source>
        <translation>변경 1개로 새 실행</translation>
    </message>
    <message>
        <source>New run with %1 changes</source>
        <translation>변경 %1개로 새 실행</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>재개</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Resume the run in %1</source>
        <translation>%1의 실행을 재개합니다</translation>
    </message>
    <message>
        <source>with these changes to its configuration:</source>
        <translation>다음 구성 변경과 함께:</translation>
    </message>
    <message>
        <source>Finish the current step, save a checkpoint and end; the run can be resumed</source>
        <translation>현재 스텝을 마치고 체크포인트를 저장한 뒤 끝냅니다. 나중에 재개할 수 있습니다</translation>
    </message>
    <message>
        <source>Save a checkpoint after the current step</source>
        <translation>현재 스텝이 끝나면 체크포인트를 저장합니다</translation>
    </message>
    <message>
        <source>Start a new run with this configuration in %1</source>
        <translation>이 구성으로 %1에서 새 실행을 시작합니다</translation>
    </message>
    <message>
        <source>Pause after the current step; the memory of a card is freed, and the state waits in host memory</source>
        <translation>현재 스텝이 끝나면 일시 정지합니다. 카드의 메모리는 비워지고 상태는 호스트 메모리에서 기다립니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunChooser</name>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>아직 실행이 없습니다</translation>
    </message>
    <message>
        <source>The open run; select another one to open it</source>
        <translation>열려 있는 실행. 다른 실행을 선택하면 열립니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunFolderButton</name>
    <message>
        <source>Open the folder of this run</source>
        <translation>이 실행의 폴더 열기</translation>
    </message>
    <message>
        <source>Open the folder of all runs</source>
        <translation>실행 저장 폴더 열기</translation>
    </message>
    <message>
        <source>Change the folder of new runs…</source>
        <translation>새 실행의 저장 폴더 변경…</translation>
    </message>
    <message>
        <source>New runs are saved in %1</source>
        <translation>새 실행은 %1에 저장됩니다</translation>
    </message>
    <message>
        <source>Runs folder: %1</source>
        <translation>실행 저장 폴더: %1</translation>
    </message>
    <message>
        <source>Folder of new runs</source>
        <translation>새 실행의 저장 폴더</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunModel</name>
    <message>
        <source>Another program is training this run: %1. Stop it there first.</source>
        <translation>다른 프로그램(%1)이 이 실행을 학습하고 있습니다. 먼저 그쪽에서 중지하세요.</translation>
    </message>
    <message>
        <source>Previous changes</source>
        <translation>이전 변경</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunNotice</name>
    <message>
        <source>Resume %1</source>
        <translation>%1 재개</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunProgressBar</name>
    <message>
        <source>Progress of the run</source>
        <translation>실행 진행률</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunReadout</name>
    <message>
        <source>Values at the cross-hair</source>
        <translation>십자선 위치의 값</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunStatus</name>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>남은 시간</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Best score</source>
        <translation>최고 점수</translation>
    </message>
    <message>
        <source>Last save</source>
        <translation>마지막 저장</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>디스크</translation>
    </message>
    <message>
        <source>Epoch %1 of %2</source>
        <translation>에폭 %1 / %2</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>스텝 %1</translation>
    </message>
    <message>
        <source>%1 it/s</source>
        <translation>%1 it/s</translation>
    </message>
    <message>
        <source>Elapsed %1</source>
        <translation>경과 %1</translation>
    </message>
    <message>
        <source>ETA %1</source>
        <translation>남은 시간 %1</translation>
    </message>
    <message>
        <source>Loss %1</source>
        <translation>손실 %1</translation>
    </message>
    <message>
        <source>%1 ↑ best, epoch %2</source>
        <translation>최고 %1 ↑, 에폭 %2</translation>
    </message>
    <message>
        <source>Saved %1 ago</source>
        <translation>%1 전에 저장</translation>
    </message>
    <message>
        <source>Epoch %1: %2</source>
        <translation>에폭 %1: %2</translation>
    </message>
    <message>
        <source>Disk: %1 free</source>
        <translation>디스크: %1 남음</translation>
    </message>
    <message>
        <source>Ranks</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>rank %1: %2</source>
        <translation>랭크 %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n ranks, %1, exchange %2 %</source>
        <translation>
            <numerusform>랭크 %n개, %1, 교환 %2 %</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Effective batch %1: batches of %2, %3 steps, %n ranks</source>
        <translation>
            <numerusform>유효 배치 %1: 배치 %2, 스텝 %3, 랭크 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>The exchange is the part of the time in which rank 0 sums gradients with the others or waits for them</source>
        <translation>교환은 랭크 0이 다른 랭크와 그래디언트를 합산하거나 다른 랭크를 기다리는 시간의 비율입니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunsController</name>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation>실행 열기…</translation>
    </message>
    <message>
        <source>Open a run folder</source>
        <translation>실행 폴더 열기</translation>
    </message>
    <message>
        <source>Could not open the run</source>
        <translation>실행을 열지 못했습니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunsPage</name>
    <message>
        <source>Export weights…</source>
        <translation>가중치 내보내기…</translation>
    </message>
    <message>
        <source>Write the selected run&apos;s best weights for other programs</source>
        <translation>선택한 실행의 가장 좋은 가중치를 다른 프로그램용으로 저장합니다</translation>
    </message>
    <message>
        <source>Find a run</source>
        <translation>실행 찾기</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>실행 열기</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>에폭별</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>스텝별</translation>
    </message>
    <message>
        <source>by time</source>
        <translation>시간별</translation>
    </message>
    <message>
        <source>Time axis of the curves</source>
        <translation>곡선의 시간축</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the differences as text</source>
        <translation>차이를 텍스트로 복사합니다</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>새로 고침</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Show the selected run&apos;s folder in the file manager</source>
        <translation>선택한 실행의 폴더를 파일 관리자에서 엽니다</translation>
    </message>
    <message>
        <source>Curves of selected runs</source>
        <translation>선택한 실행의 곡선</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>아직 실행이 없습니다</translation>
    </message>
    <message>
        <source>Add a folder of runs…</source>
        <translation>실행 저장 폴더 추가…</translation>
    </message>
    <message>
        <source>Runs: %1</source>
        <translation>실행: %1</translation>
    </message>
    <message>
        <source>Add a run folder or a folder of run folders, from the studio or the command line</source>
        <translation>스튜디오나 명령줄에서 만든 실행 폴더, 또는 실행 폴더가 여럿 든 폴더를 추가합니다</translation>
    </message>
    <message>
        <source>Open on the Training page with its configuration; it can be resumed there</source>
        <translation>구성과 함께 학습 페이지에서 엽니다. 거기서 재개할 수 있습니다</translation>
    </message>
    <message>
        <source>Configuration differences</source>
        <translation>구성 차이</translation>
    </message>
    <message>
        <source>Add a folder of runs</source>
        <translation>실행 저장 폴더 추가</translation>
    </message>
    <message>
        <source>Your training runs are listed here with their scores. To list runs of the command line or on another disk, add their folder.</source>
        <translation>학습한 실행이 점수와 함께 여기에 표시됩니다. 명령줄이나 다른 디스크의 실행을 보려면 그 폴더를 추가하세요.</translation>
    </message>
    <message>
        <source>Reading runs…</source>
        <translation>실행을 읽는 중…</translation>
    </message>
    <message>
        <source>Configuration differences: %1</source>
        <translation>구성 차이: %1</translation>
    </message>
    <message>
        <source>Select two or more runs to compare their configurations</source>
        <translation>구성을 비교하려면 실행을 둘 이상 선택하세요</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunsTable</name>
    <message>
        <source>Cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>▶ Training, epoch %1</source>
        <translation>▶ 학습 중, 에폭 %1</translation>
    </message>
    <message>
        <source>✓ Finished, epoch %1</source>
        <translation>✓ 완료, 에폭 %1</translation>
    </message>
    <message>
        <source>■ Stopped, epoch %1, step %2</source>
        <translation>■ 중지됨, 에폭 %1, 스텝 %2</translation>
    </message>
    <message>
        <source>✕ Failed at step %1</source>
        <translation>✕ 스텝 %1에서 실패</translation>
    </message>
    <message>
        <source>▲ Interrupted at step %1</source>
        <translation>▲ 스텝 %1에서 중단됨</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>cSDR, dB ↑</source>
        <translation>cSDR, dB ↑</translation>
    </message>
    <message>
        <source>uSDR, dB ↑</source>
        <translation>uSDR, dB ↑</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>피크</translation>
    </message>
    <message>
        <source>it/s</source>
        <translation>it/s</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>명령줄</translation>
    </message>
    <message>
        <source>studio</source>
        <translation>스튜디오</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>시작 안 됨</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Started from</source>
        <translation>시작한 곳</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SanityDialog</name>
    <message>
        <source>Sanity minute</source>
        <translation>1분 점검</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>다시</translation>
    </message>
    <message>
        <source>Repeat it with the configuration as it is now</source>
        <translation>지금의 구성으로 다시 점검합니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stopping after this step…</source>
        <translation>이 스텝이 끝나면 중지합니다…</translation>
    </message>
    <message>
        <source>A model memorizes one segment of a song…</source>
        <translation>모델이 곡의 세그먼트 하나를 외우고 있습니다…</translation>
    </message>
    <message>
        <source>The sanity minute could not run</source>
        <translation>1분 점검을 할 수 없습니다</translation>
    </message>
    <message>
        <source>All is well: the model has memorized the segment</source>
        <translation>문제없습니다. 모델이 세그먼트를 외웠습니다</translation>
    </message>
    <message>
        <source>Stopped before the model had memorized the segment</source>
        <translation>모델이 세그먼트를 외우기 전에 중지했습니다</translation>
    </message>
    <message>
        <source>The model has not memorized the segment: a run would fail, too</source>
        <translation>모델이 세그먼트를 외우지 못했습니다. 실행도 실패할 것입니다</translation>
    </message>
    <message>
        <source>With batches of one and without augmentation, for at most a minute. Nothing is written to disk.</source>
        <translation>배치 크기 1로, 증강 없이, 길어야 1분 동안 학습합니다. 디스크에는 아무것도 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Step %1 of %2, loss %3, uSDR %4 dB; the goal is %5 dB</source>
        <translation>스텝 %1 / %2, 손실 %3, uSDR %4 dB, 목표 %5 dB</translation>
    </message>
    <message>
        <source>%1, %2 s from second %3 on, on %4</source>
        <translation>%1, %3초부터 %2초, %4</translation>
    </message>
    <message>
        <source>%1: uSDR %2 dB</source>
        <translation>%1: uSDR %2 dB</translation>
    </message>
    <message>
        <source>A minute was too short for the model to memorize the segment</source>
        <translation>모델이 세그먼트를 외우기에 1분은 너무 짧았습니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SavedNotice</name>
    <message>
        <source>Saved to %1.</source>
        <translation>%1에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SdrRow</name>
    <message>
        <source>Loop 3 s around the worst second (W)</source>
        <translation>가장 나쁜 1초를 중심으로 3초 반복 (W)</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>SDR by second</source>
        <translation>초별 SDR</translation>
    </message>
    <message>
        <source>Worst second, %1</source>
        <translation>가장 나쁜 1초, %1</translation>
    </message>
    <message>
        <source>cSDR: %1 dB</source>
        <translation>cSDR: %1 dB</translation>
    </message>
    <message>
        <source>SDR and levels of each second, as a table</source>
        <translation>초별 SDR과 레벨을 표로 보기</translation>
    </message>
    <message>
        <source>Median over the seconds of the song</source>
        <translation>곡의 초별 값의 중앙값</translation>
    </message>
    <message>
        <source>hidden while X plays</source>
        <translation>X를 재생하는 동안 숨김</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SdrScale</name>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SdrStrip</name>
    <message>
        <source>SDR by second</source>
        <translation>초별 SDR</translation>
    </message>
    <message>
        <source>worst</source>
        <translation>최저</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>무음</translation>
    </message>
    <message>
        <source>Lowest SDR at %1. %2</source>
        <translation>SDR이 가장 낮은 곳: %1. %2</translation>
    </message>
    <message>
        <source>hidden while X plays</source>
        <translation>X를 재생하는 동안 숨김</translation>
    </message>
    <message>
        <source>%1: ground truth</source>
        <translation>%1: 정답</translation>
    </message>
    <message>
        <source>%1: SDR %2 dB; ground truth %3 dBFS, error %4 dBFS (RMS)</source>
        <translation>%1: SDR %2 dB, 정답 %3 dBFS, 오차 %4 dBFS (RMS)</translation>
    </message>
    <message>
        <source>%1: silent, not scored</source>
        <translation>%1: 무음, 점수 없음</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SnapshotDialog</name>
    <message>
        <source>Memory by settings of the allocator</source>
        <translation>할당기 설정별 메모리</translation>
    </message>
    <message>
        <source>Export flame graph…</source>
        <translation>플레임 그래프 내보내기…</translation>
    </message>
    <message>
        <source>What is live at the chosen place, by call, as folded stacks for flamegraph.pl or speedscope.app</source>
        <translation>선택한 위치에 살아 있는 메모리를 호출별로, flamegraph.pl이나 speedscope.app을 위한 접힌 스택으로 저장합니다</translation>
    </message>
    <message>
        <source>Memory snapshot %1</source>
        <translation>메모리 스냅샷 %1</translation>
    </message>
    <message>
        <source>%1 could not be replayed</source>
        <translation>%1을(를) 재현할 수 없습니다</translation>
    </message>
    <message>
        <source>Replaying %1…</source>
        <translation>%1 재현 중…</translation>
    </message>
    <message>
        <source>at the peak</source>
        <translation>피크에서</translation>
    </message>
    <message>
        <source>at event %1</source>
        <translation>할당 이벤트 %1에서</translation>
    </message>
    <message numerus="yes">
        <source>Live %1: %2 in %n blocks, by call</source>
        <translation>
            <numerusform>%1 살아 있는 메모리: 블록 %n개에 %2, 호출별</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the flame graph</source>
        <translation>플레임 그래프 내보내기</translation>
    </message>
    <message>
        <source>Folded stacks (*.folded)</source>
        <translation>접힌 스택 (*.folded)</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>내보내지 못함</translation>
    </message>
    <message>
        <source>Live memory by call</source>
        <translation>호출별 사용 중 메모리</translation>
    </message>
    <message>
        <source>At the cross-hair</source>
        <translation>십자선 위치</translation>
    </message>
    <message>
        <source>Nothing is cached but unused</source>
        <translation>캐시(미사용) 메모리 없음</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SongTable</name>
    <message>
        <source>✕ Error</source>
        <translation>✕ 오류</translation>
    </message>
    <message>
        <source>▲ Warning</source>
        <translation>▲ 경고</translation>
    </message>
    <message>
        <source>i Note</source>
        <translation>i 참고</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>무음</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>정확히 일치</translation>
    </message>
    <message>
        <source>✓ clean</source>
        <translation>✓ 문제 없음</translation>
    </message>
    <message>
        <source>%1, and %2 more</source>
        <translation>%1, 그 밖에 %2개</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>곡</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>kHz</source>
        <translation>kHz</translation>
    </message>
    <message>
        <source>Peak, dBFS</source>
        <translation>피크, dBFS</translation>
    </message>
    <message>
        <source>Residual, dB</source>
        <translation>잔차, dB</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>검사 결과</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SourceMenu</name>
    <message>
        <source>Epoch %1</source>
        <translation>에폭 %1</translation>
    </message>
    <message>
        <source>%1, step %2, best</source>
        <translation>%1, 스텝 %2, 최고</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1, 스텝 %2</translation>
    </message>
    <message>
        <source>weights file</source>
        <translation>가중치 파일</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>스텝 %1</translation>
    </message>
    <message>
        <source>, %1 cSDR %2 dB</source>
        <translation>, %1 cSDR %2 dB</translation>
    </message>
    <message>
        <source>%1, best</source>
        <translation>%1, 최고</translation>
    </message>
    <message>
        <source>no checkpoint yet</source>
        <translation>아직 체크포인트 없음</translation>
    </message>
    <message>
        <source>Another run…</source>
        <translation>다른 실행…</translation>
    </message>
    <message>
        <source>Weights file…</source>
        <translation>가중치 파일…</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Weights (%1)</source>
        <translation>가중치 (%1)</translation>
    </message>
    <message>
        <source>Model shelf</source>
        <translation>모델 보관함</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>믹스</translation>
    </message>
    <message>
        <source>without separation</source>
        <translation>분리 없이</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>실행 폴더</translation>
    </message>
    <message>
        <source>No checkpoint</source>
        <translation>체크포인트 없음</translation>
    </message>
    <message>
        <source>Other sources</source>
        <translation>다른 소스</translation>
    </message>
    <message>
        <source>Ground truth: the true stems</source>
        <translation>정답: 실제 스템</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>the stems of the song</source>
        <translation>곡의 스템</translation>
    </message>
    <message>
        <source>Mixture, unprocessed</source>
        <translation>믹스, 처리 안 함</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>%1 has no checkpoint.</source>
        <translation>%1에 체크포인트가 없습니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::StemExport</name>
    <message>
        <source>Export stems…</source>
        <translation>스템 내보내기…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Null test: %1 dB</source>
        <translation>널 테스트: %1 dB</translation>
    </message>
    <message>
        <source>Stems exported</source>
        <translation>스템을 내보냈습니다</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>1 file written to %1.</source>
        <translation>파일 1개를 %1에 저장했습니다.</translation>
    </message>
    <message>
        <source>%1 files written to %2.</source>
        <translation>파일 %1개를 %2에 저장했습니다.</translation>
    </message>
    <message>
        <source>Null test: exact</source>
        <translation>널 테스트: 정확히 일치</translation>
    </message>
    <message>
        <source>%1 samples above full scale were clipped; export as 32-bit float to keep them</source>
        <translation>풀 스케일을 넘는 샘플 %1개가 클리핑되었습니다. 그대로 남기려면 32비트 부동소수점으로 내보내세요</translation>
    </message>
    <message>
        <source>Song %1 of %2: %3</source>
        <translation>곡 %1/%2: %3</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>저장한 파일이 없습니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::Studio</name>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Open &amp;data set...</source>
        <translation>데이터셋 열기(&amp;D)...</translation>
    </message>
    <message>
        <source>Open data set &amp;table...</source>
        <translation>데이터셋 표 열기(&amp;T)...</translation>
    </message>
    <message>
        <source>Open a data set</source>
        <translation>데이터셋 열기</translation>
    </message>
    <message>
        <source>Could not create the demo songs</source>
        <translation>데모 곡을 만들지 못했습니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SwitchEditor</name>
    <message>
        <source>off: %1</source>
        <translation>끄면 %1</translation>
    </message>
    <message>
        <source>on: %1</source>
        <translation>켜면 %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TableDialog</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the whole table as comma-separated text</source>
        <translation>표 전체를 쉼표로 구분한 텍스트로 복사합니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TensorsView</name>
    <message>
        <source>Tensors at the peak</source>
        <translation>피크의 텐서</translation>
    </message>
    <message>
        <source>Select a row to mark the tensor&apos;s lifetime in the step above</source>
        <translation>행을 선택하면 위 스텝에 텐서의 수명을 표시합니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TextEditor</name>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TimeRuler</name>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TrainingController</name>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Stop, save and close</source>
        <translation>중지하고 저장한 뒤 닫기</translation>
    </message>
    <message>
        <source>Keep training</source>
        <translation>계속 학습</translation>
    </message>
    <message>
        <source>Training has ended</source>
        <translation>학습이 끝났습니다</translation>
    </message>
    <message>
        <source>Training is in progress</source>
        <translation>학습이 진행 중입니다</translation>
    </message>
    <message>
        <source>Training is in progress (step %1).</source>
        <translation>학습이 진행 중입니다(스텝 %1).</translation>
    </message>
    <message>
        <source>The run is saved and can be resumed later.</source>
        <translation>실행은 저장되며 나중에 재개할 수 있습니다.</translation>
    </message>
    <message>
        <source>Sanity minute</source>
        <translation>1분 점검</translation>
    </message>
    <message>
        <source>Before a long run: can the model memorize one segment? If not, reports what is probably wrong.</source>
        <translation>긴 학습 전에: 모델이 세그먼트 하나를 외울까요? 못 외우면 무엇이 잘못되었을지 알려 줍니다.</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>듣기용 발췌</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TrainingPage</name>
    <message>
        <source>Log loss</source>
        <translation>손실 로그 눈금</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>따라가기</translation>
    </message>
    <message>
        <source>Keep the newest step in view</source>
        <translation>가장 새로운 스텝을 계속 보여 줍니다</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Time axis: %1</source>
        <translation>시간축: %1</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation>손실의 평활화</translation>
    </message>
    <message>
        <source>%1
%2
Category: %3
Step: %4
Run: %5</source>
        <translation>%1
%2
종류: %3
스텝: %4
실행: %5</translation>
    </message>
    <message>
        <source>Epoch %1 selected: %2%3</source>
        <translation>에폭 %1 선택: %2%3</translation>
    </message>
    <message>
        <source>, the best so far</source>
        <translation>, 지금까지 최고</translation>
    </message>
    <message>
        <source>Listen to epoch %1</source>
        <translation>에폭 %1 듣기</translation>
    </message>
    <message>
        <source>Export the charts</source>
        <translation>차트 내보내기</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>아직 실행이 없습니다</translation>
    </message>
    <message>
        <source>Bottleneck</source>
        <translation>병목</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>Values of the charts</source>
        <translation>차트의 값</translation>
    </message>
    <message>
        <source>A run trains a model with the configuration on the left. It is stored in its own folder and can be stopped and resumed at any time.</source>
        <translation>실행은 왼쪽의 구성으로 모델을 학습합니다. 실행마다 자기 폴더에 저장되며, 언제든 중지하고 재개할 수 있습니다.</translation>
    </message>
    <message>
        <source>The values of the visible range</source>
        <translation>보이는 범위의 값</translation>
    </message>
    <message>
        <source>Save the charts as a picture or their values as a table</source>
        <translation>차트를 이미지로, 또는 그 값을 표로 저장합니다</translation>
    </message>
    <message>
        <source>Choose which charts to show</source>
        <translation>표시할 차트를 선택합니다</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Weight of earlier steps in the moving average of the loss</source>
        <translation>손실 이동 평균에서 이전 스텝의 가중치</translation>
    </message>
    <message>
        <source>Image (*.png);;Vector image (*.svg);;Table (*.csv)</source>
        <translation>이미지 (*.png);;벡터 이미지 (*.svg);;표 (*.csv)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TrainingPlot</name>
    <message>
        <source>epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Charts of the run</source>
        <translation>실행의 차트</translation>
    </message>
    <message>
        <source>epoch %1, step %2, %3</source>
        <translation>에폭 %1, 스텝 %2, %3</translation>
    </message>
    <message>
        <source>elapsed time</source>
        <translation>경과 시간</translation>
    </message>
    <message>
        <source>Arrow keys select a validation, plus and minus zoom, Home shows the whole run, N goes to the next mark, T opens the values as a table</source>
        <translation>화살표 키는 검증 선택, 더하기와 빼기는 확대와 축소, Home은 실행 전체 보기, N은 다음 표시로 이동, T는 값을 표로 열기</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TrainingTable</name>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>초</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Lowest loss</source>
        <translation>최저 손실</translation>
    </message>
    <message>
        <source>Highest loss</source>
        <translation>최고 손실</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>그래디언트 노름</translation>
    </message>
    <message>
        <source>Forward, s</source>
        <translation>순전파, 초</translation>
    </message>
    <message>
        <source>Backward, s</source>
        <translation>역전파, 초</translation>
    </message>
    <message>
        <source>Update, s</source>
        <translation>업데이트, 초</translation>
    </message>
    <message>
        <source>Allocated, bytes</source>
        <translation>할당, 바이트</translation>
    </message>
    <message>
        <source>Reserved, bytes</source>
        <translation>예약, 바이트</translation>
    </message>
    <message>
        <source>%1, dB</source>
        <translation>%1, dB</translation>
    </message>
    <message>
        <source>Wait for data, s</source>
        <translation>데이터 대기, 초</translation>
    </message>
    <message>
        <source>Peak allocated, bytes</source>
        <translation>피크 할당, 바이트</translation>
    </message>
    <message>
        <source>Used on device, bytes</source>
        <translation>장치 사용량, 바이트</translation>
    </message>
    <message>
        <source>Other programs, bytes</source>
        <translation>다른 프로그램, 바이트</translation>
    </message>
    <message>
        <source>Each row is the mean of up to %1 steps, with their lowest and highest loss.</source>
        <translation>각 행은 최대 %1개 스텝의 평균이며, 그 가운데 최저 손실과 최고 손실도 있습니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TransportBar</name>
    <message>
        <source>To the start (Home)</source>
        <translation>처음으로 (Home)</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>재생 또는 일시 정지 (Space)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Loop (L)</source>
        <translation>반복 (L)</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>A or B, hidden (X)</source>
        <translation>A 또는 B, 숨김 (X)</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>볼륨</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>loop %1</source>
        <translation>반복 %1</translation>
    </message>
    <message>
        <source>waiting for the separation</source>
        <translation>분리를 기다리는 중</translation>
    </message>
    <message>
        <source>%1. Playback is unavailable; everything else works.</source>
        <translation>%1. 재생할 수 없습니다. 다른 기능은 모두 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Audio device</source>
        <translation>오디오 장치</translation>
    </message>
    <message>
        <source>Listen to %1</source>
        <translation>%1 듣기</translation>
    </message>
    <message>
        <source>Listen to %1 (%1)</source>
        <translation>%1 듣기 (%1)</translation>
    </message>
    <message>
        <source>Audible: %1</source>
        <translation>들리는 것: %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WeightsDialog</name>
    <message>
        <source>Overwrite existing files</source>
        <translation>기존 파일 덮어쓰기</translation>
    </message>
    <message>
        <source>Export weights</source>
        <translation>가중치 내보내기</translation>
    </message>
    <message>
        <source>MSST: a folder with model.ckpt and config.yaml</source>
        <translation>MSST: model.ckpt와 config.yaml이 든 폴더</translation>
    </message>
    <message>
        <source>Safetensors</source>
        <translation>Safetensors</translation>
    </message>
    <message>
        <source>PyTorch state dict</source>
        <translation>PyTorch state dict</translation>
    </message>
    <message>
        <source>PyTorch Lightning checkpoint</source>
        <translation>PyTorch Lightning 체크포인트</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>파일 또는 폴더</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WeightsExport</name>
    <message>
        <source>Written from %1:</source>
        <translation>%1에서 저장했습니다:</translation>
    </message>
    <message>
        <source>MSST&apos;s configuration cannot express:</source>
        <translation>MSST 구성으로 나타낼 수 없는 옵션:</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>내보내지 못함</translation>
    </message>
    <message>
        <source>Weights exported</source>
        <translation>가중치를 내보냈습니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WindowController</name>
    <message>
        <source>&amp;Full screen</source>
        <translation>전체 화면(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Preferences...</source>
        <translation>환경 설정(&amp;P)...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Manual</source>
        <translation>설명서(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;About Headroom</source>
        <translation>Headroom 정보(&amp;A)</translation>
    </message>
    <message>
        <source>About Headroom</source>
        <translation>Headroom 정보</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>Follow &amp;system</source>
        <translation>시스템 설정 따름(&amp;S)</translation>
    </message>
    <message>
        <source>Tool &amp;bar</source>
        <translation>도구 모음(&amp;B)</translation>
    </message>
    <message>
        <source>Show &amp;log</source>
        <translation>로그 보기(&amp;L)</translation>
    </message>
    <message>
        <source>Headroom %1
Trains music source separation on the GPU that you have.
GPL-3.0-or-later</source>
        <translation>Headroom %1
가지고 있는 GPU로 음원 분리 모델을 학습합니다.
GPL-3.0-or-later</translation>
    </message>
</context>
</TS>
