<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>Diagnosis</name>
    <message>
        <source>%1 % of the step waits for data: the loader cannot keep up. More loader workers, or a faster disk, would help.</source>
        <translation>스텝의 %1 %를 데이터를 기다리며 보냅니다: 로더가 따라가지 못합니다. 로더 작업자를 늘리거나 더 빠른 디스크를 쓰면 나아집니다.</translation>
    </message>
    <message>
        <source>%1 % of the step waits for data.</source>
        <translation>스텝의 %1 %를 데이터를 기다리며 보냅니다.</translation>
    </message>
    <message>
        <source>The loader keeps up. %1 % of the step is the optimizer&apos;s update: more accumulation means fewer of them.</source>
        <translation>로더는 충분히 빠릅니다. 스텝의 %1 %가 옵티마이저 갱신입니다: 누적을 늘리면 갱신 횟수가 줄어듭니다.</translation>
    </message>
    <message>
        <source>The loader keeps up: %1 % of the step waits for data. Forward takes %2 %, backward %3 %.</source>
        <translation>로더는 충분히 빠릅니다: 데이터 대기 %1 %, 순전파 %2 %, 역전파 %3 %.</translation>
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
        <translation>기울기 노름</translation>
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
        <source>What it is about</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>The guide says</source>
        <translation>가이드</translation>
    </message>
    <message>
        <source>It is</source>
        <translation>실제</translation>
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
        <source>STFT window</source>
        <translation>STFT 창</translation>
    </message>
    <message>
        <source>STFT hop</source>
        <translation>STFT 간격</translation>
    </message>
    <message>
        <source>Segment length</source>
        <translation>구간 길이</translation>
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
        <translation>층 수</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>층</translation>
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
        <translation>모든 층 재계산</translation>
    </message>
    <message>
        <source>Band widths</source>
        <translation>대역 너비</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>조각 수</translation>
    </message>
    <message>
        <source>slices</source>
        <translation>조각</translation>
    </message>
    <message>
        <source>Layers recomputed</source>
        <translation>재계산할 층</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>segments</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>누적 횟수</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>회</translation>
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
        <translation>에폭당 단계</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Loader workers</source>
        <translation>로더 작업자</translation>
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
        <translation>기울기 제한</translation>
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
        <source>Folder for runs</source>
        <translation>실행 폴더 위치</translation>
    </message>
    <message>
        <source>Start from weights</source>
        <translation>시작 가중치</translation>
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
        <source>Save at least every</source>
        <translation>최대 저장 간격</translation>
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
        <source>Momentum of SGD</source>
        <translation>SGD 모멘텀</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>워밍업</translation>
    </message>
    <message>
        <source>updates</source>
        <translation>갱신</translation>
    </message>
    <message>
        <source>Plateau patience</source>
        <translation>정체 허용</translation>
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
        <source>Songs</source>
        <translation>곡 폴더</translation>
    </message>
    <message>
        <source>Stems to separate</source>
        <translation>분리할 스템</translation>
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
        <translation>음높이 변화</translation>
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
        <source>Unreadable files</source>
        <translation>읽지 못한 파일</translation>
    </message>
    <message>
        <source>Overlap of chunks</source>
        <translation>조각 겹침</translation>
    </message>
    <message>
        <source>Chunk length</source>
        <translation>조각 길이</translation>
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
        <translation>변경은 다음 단계부터 적용됩니다.</translation>
    </message>
    <message>
        <source>A change needs a new run.</source>
        <translation>변경하려면 새 실행이 필요합니다.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1부터 %2까지</translation>
    </message>
    <message>
        <source>Affects: %1.</source>
        <translation>영향: %1.</translation>
    </message>
    <message>
        <source>The 32 GB guide: %1</source>
        <translation>32 GB 안내서: %1</translation>
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
        <translation>목록</translation>
    </message>
    <message>
        <source>“Band widths” is a list of this many. Empty it to choose here.</source>
        <translation>“대역 너비” 목록의 개수입니다. 여기서 고르려면 목록을 비우세요.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>“Recompute all layers” is on. Turn it off to choose how many here.</source>
        <translation>“모든 층 재계산”이 켜져 있습니다. 여기서 개수를 고르려면 끄세요.</translation>
    </message>
    <message>
        <source>Offload layer inputs</source>
        <translation>층 입력 오프로드</translation>
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
        <source>Waveform loss weight</source>
        <translation>파형 손실 가중치</translation>
    </message>
    <message>
        <source>Waveform loss type</source>
        <translation>파형 손실 종류</translation>
    </message>
    <message>
        <source>STFT loss windows</source>
        <translation>STFT 손실 창 크기</translation>
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
        <translation>활동 구간 길이</translation>
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
        <source>Silent segments kept</source>
        <translation>무음 구간 유지</translation>
    </message>
    <message>
        <source>A change takes effect when the run is resumed.</source>
        <translation>실행을 이어 할 때 적용됩니다.</translation>
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
        <translation>학습 단계</translation>
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
        <source>%1, reference</source>
        <translation>%1, 원본</translation>
    </message>
    <message>
        <source>Accompaniment</source>
        <translation>반주</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
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
        <translation>음량, LUFS</translation>
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
        <translation>평활 (%1)</translation>
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
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Weight average</source>
        <translation>가중치 평균</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>기울기</translation>
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
        <translation>역전파용 보관</translation>
    </message>
    <message>
        <source>Cached, unused</source>
        <translation>캐시(미사용)</translation>
    </message>
    <message>
        <source>Temporary tensors</source>
        <translation>임시 텐서</translation>
    </message>
</context>
<context>
    <name>MemoryRow</name>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>device in use</source>
        <translation>장치 사용량</translation>
    </message>
    <message>
        <source>reserved by us</source>
        <translation>예약됨</translation>
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
        <source>device: %1</source>
        <translation>장치: %1</translation>
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
        <translation>최대 할당</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Paper setting</source>
        <translation>논문 설정</translation>
    </message>
    <message>
        <source>Paper setting, 8 GiB card</source>
        <translation>논문 설정, 8 GiB 카드</translation>
    </message>
    <message>
        <source>Paper setting, 6 GiB card</source>
        <translation>논문 설정, 6 GiB 카드</translation>
    </message>
    <message>
        <source>Paper setting, 4 GiB card</source>
        <translation>논문 설정, 4 GiB 카드</translation>
    </message>
    <message>
        <source>Paper setting, 3 GiB card</source>
        <translation>논문 설정, 3 GiB 카드</translation>
    </message>
    <message>
        <source>32 GB guide: before</source>
        <translation>32 GB 안내서: 이전</translation>
    </message>
    <message>
        <source>32 GB guide: after</source>
        <translation>32 GB 안내서: 이후</translation>
    </message>
    <message>
        <source>32 GB guide: last resort</source>
        <translation>32 GB 안내서: 최후</translation>
    </message>
    <message>
        <source>Demo songs, small model</source>
        <translation>데모 곡, 작은 모델</translation>
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
        <translation>스텝 %1에서 중지</translation>
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
        <translation>마지막 체크포인트: 스텝 %1. 거기서 이어집니다.</translation>
    </message>
    <message>
        <source>Last checkpoint: none; resuming starts at step 0.</source>
        <translation>마지막 체크포인트: 없음. 이어서 학습하면 스텝 0에서 시작합니다.</translation>
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
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Stopping and saving</source>
        <translation>중지하고 저장하는 중</translation>
    </message>
    <message>
        <source>Reading the journal of this run: %1 %. Its curves fill in as it is read.</source>
        <translation>이 실행의 기록을 읽는 중: %1 %. 읽는 대로 곡선이 채워집니다.</translation>
    </message>
    <message>
        <source>Watching: %1 is training this run. The charts follow it.</source>
        <translation>지켜보는 중: %1이(가) 이 실행을 학습하고 있습니다. 차트가 따라갑니다.</translation>
    </message>
    <message>
        <source>This run was interrupted at step %1. %2</source>
        <translation>이 실행은 스텝 %1에서 중단되었습니다. %2</translation>
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
        <source>%1 cSDR, median</source>
        <translation>%1 cSDR, 중앙값</translation>
    </message>
    <message>
        <source>%1 uSDR, mean</source>
        <translation>%1 uSDR, 평균</translation>
    </message>
    <message>
        <source>songs: %1, after epoch %2</source>
        <translation>%1곡, 에폭 %2 뒤</translation>
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
        <source>True stem beside %1, dBFS</source>
        <translation>%1의 정답 스템, dBFS</translation>
    </message>
</context>
<context>
    <name>StepSection</name>
    <message>
        <source>Whole step</source>
        <translation>스텝 전체</translation>
    </message>
    <message>
        <source>First micro-step</source>
        <translation>첫 마이크로 스텝</translation>
    </message>
    <message>
        <source>Last micro-step, with optimizer</source>
        <translation>마지막 마이크로 스텝과 옵티마이저</translation>
    </message>
    <message>
        <source>Micro-steps between</source>
        <translation>중간 마이크로 스텝</translation>
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
        <translation>갱신</translation>
    </message>
    <message>
        <source>wait for data</source>
        <translation>데이터 대기</translation>
    </message>
    <message>
        <source>Time of a step</source>
        <translation>스텝 시간</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>%1, event %2 of %3: %4 GiB allocated (%5)</source>
        <translation>%1, 사건 %2 / %3: %4 GiB 할당 (%5)</translation>
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
        <translation>갱신</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>대역 수</translation>
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
        <translation>할당 이벤트 %2개 중 %1개; 최고점은 모두 남아 있습니다.</translation>
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
        <translation>들어갈 것: %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Tight: %1 of %2 GiB</source>
        <translation>빠듯함: %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Would be tight: %1 of %2 GiB</source>
        <translation>빠듯할 것: %1 / %2 GiB</translation>
    </message>
    <message>
        <source>On the processor, in the machine&apos;s memory.</source>
        <translation>프로세서에서, 컴퓨터 메모리를 씁니다.</translation>
    </message>
    <message>
        <source>Other programs hold %1 GiB.</source>
        <translation>다른 프로그램이 %1 GiB를 씁니다.</translation>
    </message>
    <message>
        <source>%1 GiB assumed for other programs.</source>
        <translation>다른 프로그램에 %1 GiB를 가정했습니다.</translation>
    </message>
    <message>
        <source>Not this machine&apos;s card; %1 GiB assumed for other programs.</source>
        <translation>이 컴퓨터의 카드가 아니며, 다른 프로그램에 %1 GiB를 가정했습니다.</translation>
    </message>
    <message>
        <source>A step takes about %1, an epoch %2.</source>
        <translation>한 스텝에 약 %1, 한 에포크에 %2 걸립니다.</translation>
    </message>
    <message>
        <source>Measured here %1 times; last forecast was off by %2 %.</source>
        <translation>여기서 %1번 측정했고, 마지막 예측은 %2 % 빗나갔습니다.</translation>
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
        <source>No such model</source>
        <translation>불가능한 모델</translation>
    </message>
    <message>
        <source>%1 (here)</source>
        <translation>%1 (이 컴퓨터)</translation>
    </message>
    <message>
        <source>%1: %2%3</source>
        <translation>%1: %2%3</translation>
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
        <source>Only %1 left: opening another program may end the run.</source>
        <translation>%1만 남습니다. 다른 프로그램을 열면 실행이 끝날 수 있습니다.</translation>
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
        <source>Training here uses the processor: %1</source>
        <translation>이 컴퓨터에서는 프로세서로 학습합니다: %1</translation>
    </message>
    <message>
        <source>%1, tight</source>
        <translation>%1, 빠듯함</translation>
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
        <translation>갱신 건너뜀: 유한하지 않은 값</translation>
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
        <translation>일시 정지</translation>
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
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Resumed at step %1 by version %2</source>
        <translation>스텝 %1에서 이어서 학습, 버전 %2</translation>
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
    <name>headroom::ui::CommandLineDialog</name>
    <message>
        <source>Command line</source>
        <translation>명령줄</translation>
    </message>
    <message>
        <source>The same setting without a window. Add --data and the folder of your songs.</source>
        <translation>창 없이 같은 설정입니다. --data와 곡 폴더를 덧붙이세요.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComparePanel</name>
    <message>
        <source>Match A, B and X</source>
        <translation>A, B, X의 음량 맞추기</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Stem that is compared</source>
        <translation>비교할 스템</translation>
    </message>
    <message>
        <source>X is %1</source>
        <translation>X는 %1</translation>
    </message>
    <message>
        <source>Right. The next X is drawn.</source>
        <translation>맞았습니다. 다음 X를 뽑았습니다.</translation>
    </message>
    <message>
        <source>Wrong. The next X is drawn.</source>
        <translation>틀렸습니다. 다음 X를 뽑았습니다.</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>음량</translation>
    </message>
    <message>
        <source>The louder one is turned down to the other (EBU R 128); nothing is turned up</source>
        <translation>더 큰 쪽을 다른 쪽에 맞춰 줄입니다(EBU R 128). 키우지는 않습니다</translation>
    </message>
    <message>
        <source>Choose what %1 is</source>
        <translation>%1을(를) 고르기</translation>
    </message>
    <message>
        <source>Separation of %1</source>
        <translation>%1의 분리</translation>
    </message>
    <message>
        <source>cSDR %1 dB here</source>
        <translation>이 곡에서 cSDR %1 dB</translation>
    </message>
    <message>
        <source>Choose a source</source>
        <translation>소스 고르기</translation>
    </message>
    <message>
        <source>a checkpoint, a file, the reference</source>
        <translation>체크포인트, 파일, 원본 스템</translation>
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
        <source>Again</source>
        <translation>다시</translation>
    </message>
    <message>
        <source>%1 waits</source>
        <translation>%1 대기 중</translation>
    </message>
    <message>
        <source>%1 %2 %, %3</source>
        <translation>%1 %2 %, %3</translation>
    </message>
    <message>
        <source>%1 is separated, on %2</source>
        <translation>%1 분리 완료, %2</translation>
    </message>
    <message>
        <source>%1 was cancelled</source>
        <translation>%1 취소됨</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 실패</translation>
    </message>
    <message>
        <source>A or B, hidden</source>
        <translation>A 또는 B, 숨김</translation>
    </message>
    <message>
        <source>a blind test</source>
        <translation>블라인드 테스트</translation>
    </message>
    <message>
        <source>blind: %1 of %2 right, p = %3</source>
        <translation>블라인드: %2번 중 %1번 맞음, p = %3</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ConfigModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DataPage</name>
    <message>
        <source>cannot be read: %1</source>
        <translation>읽을 수 없음: %1</translation>
    </message>
    <message>
        <source>Songs examined</source>
        <translation>검사한 곡</translation>
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
        <source>Open a folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>A folder with train and test, or with a folder for each song</source>
        <translation>train과 test가 있거나 곡마다 폴더가 있는 폴더</translation>
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
        <source>Findings in this song</source>
        <translation>이 곡에서 찾은 것</translation>
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
        <translation>최고치, dBFS</translation>
    </message>
    <message>
        <source>Clipped</source>
        <translation>잘린 샘플</translation>
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
        <source>Open a folder of songs…</source>
        <translation>곡 폴더 열기…</translation>
    </message>
    <message>
        <source>A folder of songs</source>
        <translation>곡 폴더</translation>
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
        <source>Excluded songs: %1. They are kept in the setting data.exclude; the sound files are never changed.</source>
        <translation>제외한 곡: %1. 설정 data.exclude에 저장되며 소리 파일은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>다시 사용</translation>
    </message>
    <message>
        <source>✓ Nothing wrong was found.</source>
        <translation>✓ 잘못된 점이 없습니다.</translation>
    </message>
    <message>
        <source>No songs yet</source>
        <translation>아직 곡이 없습니다</translation>
    </message>
    <message>
        <source>Open a folder with train and test in it, or with a folder for each song: a sound file for each stem, such as vocals.wav.</source>
        <translation>train과 test가 들어 있는 폴더, 또는 곡마다 폴더가 하나씩 있는 폴더를 여세요. 각 곡에는 vocals.wav처럼 스템마다 소리 파일이 하나씩 있어야 합니다.</translation>
    </message>
    <message>
        <source>Re-scan</source>
        <translation>다시 검사</translation>
    </message>
    <message>
        <source>Use these songs</source>
        <translation>이 곡들 사용</translation>
    </message>
    <message>
        <source>Make this folder the songs of the setting</source>
        <translation>이 폴더를 설정의 곡 폴더로 정합니다</translation>
    </message>
    <message>
        <source>Back to the run&apos;s songs</source>
        <translation>실행의 곡으로 돌아가기</translation>
    </message>
    <message>
        <source>You are looking at %1. The run &quot;%2&quot; is open, and its setting trains on other songs.</source>
        <translation>지금 %1을(를) 보고 있습니다. &quot;%2&quot; 실행이 열려 있고, 그 설정은 다른 곡으로 학습합니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DemoButton</name>
    <message>
        <source>Composes eight songs with their stems, once, and trains a small model on them</source>
        <translation>스템이 있는 곡 여덟 개를 한 번 작곡하고, 그 곡으로 작은 모델을 학습합니다</translation>
    </message>
    <message>
        <source>Start on the demo songs</source>
        <translation>데모 곡으로 시작</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DemoStart</name>
    <message>
        <source>Composing song %1 of %2</source>
        <translation>곡 %1/%2 작곡 중</translation>
    </message>
    <message>
        <source>Composing songs</source>
        <translation>곡 작곡 중</translation>
    </message>
</context>
<context>
    <name>headroom::ui::EffectiveBatchBox</name>
    <message>
        <source>Hold the effective batch</source>
        <translation>유효 배치 고정</translation>
    </message>
    <message>
        <source>While held, batch size and accumulation stop at divisors of the effective batch, and each moves the other.</source>
        <translation>고정하면 배치 크기와 누적 횟수가 유효 배치의 약수에서 멈추고 서로를 움직입니다.</translation>
    </message>
    <message>
        <source>Effective batch held at &lt;b&gt;%1&lt;/b&gt; = %2 × %3</source>
        <translation>유효 배치 고정 &lt;b&gt;%1&lt;/b&gt; = %2 × %3</translation>
    </message>
    <message>
        <source>Effective batch &lt;b&gt;%1&lt;/b&gt; = %2 × %3</source>
        <translation>유효 배치 &lt;b&gt;%1&lt;/b&gt; = %2 × %3</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ErrorDialog</name>
    <message>
        <source>What</source>
        <translation>무엇</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>어디</translation>
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
        <source>Replace files that are there</source>
        <translation>있는 파일을 바꾸기</translation>
    </message>
    <message>
        <source>Export stems</source>
        <translation>스템 내보내기</translation>
    </message>
    <message>
        <source>Rest: the input without the stems written</source>
        <translation>나머지: 입력에서 기록한 스템을 뺀 것</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>Folder for the stems</source>
        <translation>스템을 넣을 폴더</translation>
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
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32비트 부동소수</translation>
    </message>
    <message>
        <source>24 bit</source>
        <translation>24비트</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16비트</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 초</translation>
    </message>
    <message>
        <source>as in the setting of the run</source>
        <translation>실행의 설정대로</translation>
    </message>
    <message>
        <source>What the model is given at once: more takes more memory</source>
        <translation>모델에 한 번에 주는 길이: 길수록 메모리를 더 씁니다</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Share of a chunk that the next one covers again: more takes longer and sounds smoother</source>
        <translation>다음 청크가 다시 덮는 비율: 클수록 오래 걸리고 더 매끄럽게 들립니다</translation>
    </message>
    <message>
        <source>Chunk</source>
        <translation>청크</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>겹침</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ForecastController</name>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
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
        <source>Card</source>
        <translation>카드</translation>
    </message>
    <message>
        <source>The card that the forecast is for</source>
        <translation>예측 대상 카드</translation>
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
        <source>Working out the forecast…</source>
        <translation>예측하는 중…</translation>
    </message>
    <message>
        <source>The device that the run is training on</source>
        <translation>지금 학습하고 있는 장치</translation>
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
        <extracomment>Name of the file that the manual of this language is in.</extracomment>
        <translation>manual.ko.md</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionPanel</name>
    <message>
        <source>Find a setting</source>
        <translation>설정 찾기</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n개 더</numerusform>
        </translation>
    </message>
    <message>
        <source>More settings: %1</source>
        <translation>설정 더 보기: %1</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>명령줄</translation>
    </message>
    <message>
        <source>Shows the command that trains with this setting</source>
        <translation>이 설정으로 학습하는 명령을 보여 줍니다</translation>
    </message>
    <message>
        <source>as in the preset</source>
        <translation>프리셋 그대로</translation>
    </message>
    <message numerus="yes">
        <source>%n changed from the preset</source>
        <translation>
            <numerusform>프리셋에서 %n개 변경</numerusform>
        </translation>
    </message>
    <message>
        <source>No setting is called that.</source>
        <translation>그런 설정이 없습니다.</translation>
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
        <source>Back to %1</source>
        <translation>%1(으)로 되돌리기</translation>
    </message>
    <message>
        <source>%1: back to %2</source>
        <translation>%1: %2(으)로 되돌리기</translation>
    </message>
    <message>
        <source>next step</source>
        <translation>다음 단계부터</translation>
    </message>
    <message>
        <source>next start</source>
        <translation>다음 시작부터</translation>
    </message>
    <message>
        <source>new run</source>
        <translation>새 실행 필요</translation>
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
        <source>Solo: hear this lane, and others in solo (S)</source>
        <translation>솔로: 이 레인과 솔로인 다른 레인만 듣기 (S)</translation>
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
        <source>Gain of %1, dB</source>
        <translation>%1의 게인, dB</translation>
    </message>
    <message>
        <source>Gain (+ and -); double click on the lane&apos;s head resets it</source>
        <translation>게인 (+와 -). 레인 머리를 두 번 누르면 0으로</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
</context>
<context>
    <name>headroom::ui::LaneList</name>
    <message>
        <source>min:s</source>
        <translation>분:초</translation>
    </message>
    <message>
        <source>hidden while X is heard</source>
        <translation>X를 듣는 동안 숨김</translation>
    </message>
    <message>
        <source>nothing here from this source</source>
        <translation>이 소스에는 없음</translation>
    </message>
    <message>
        <source>as recorded</source>
        <translation>녹음된 그대로</translation>
    </message>
    <message>
        <source>true stem</source>
        <translation>실제 스템</translation>
    </message>
    <message>
        <source>%1 minus reference</source>
        <translation>%1 − 원본</translation>
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
        <translation>%1: 보이는 구간의 레벨</translation>
    </message>
    <message>
        <source>Reading the file: %1 %</source>
        <translation>파일 읽는 중: %1 %</translation>
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
        <source>Sound file</source>
        <translation>소리 파일</translation>
    </message>
    <message>
        <source>Sound (*.wav *.flac *.aif *.aiff *.ogg *.opus *.mp3 *.caf *.w64 *.rf64 *.au);;All files (*)</source>
        <translation>소리 (*.wav *.flac *.aif *.aiff *.ogg *.opus *.mp3 *.caf *.w64 *.rf64 *.au);;모든 파일 (*)</translation>
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
        <source>Save now, then listen.</source>
        <translation>지금 저장한 뒤 들으세요.</translation>
    </message>
    <message>
        <source>No song yet</source>
        <translation>아직 곡이 없습니다</translation>
    </message>
    <message>
        <source>Drop a sound file here, or open one. Songs of the data set are in the list on the left as soon as the setting names one.</source>
        <translation>여기에 소리 파일을 끌어다 놓거나 파일을 여세요. 설정에 데이터 세트가 지정되면 그 곡들이 왼쪽 목록에 나타납니다.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Levels of the chosen lane in view, as numbers (T)</source>
        <translation>선택한 레인의 보이는 구간 레벨을 숫자로 (T)</translation>
    </message>
    <message>
        <source>Choose a song</source>
        <translation>곡 선택</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ListenController</name>
    <message>
        <source>Listen</source>
        <translation>듣기</translation>
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
        <source>What lanes show</source>
        <translation>레인에 보이는 것</translation>
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
        <translation>주파수 축</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>Quietest level of the spectrogram</source>
        <translation>스펙트로그램의 가장 작은 레벨</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MainWindow</name>
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
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryPage</name>
    <message>
        <source>One training step</source>
        <translation>학습 한 단계</translation>
    </message>
    <message>
        <source>At the cross-hair</source>
        <translation>십자선 위치</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>내보내기...</translation>
    </message>
    <message>
        <source>Show the whole step</source>
        <translation>전체 단계 보기</translation>
    </message>
    <message>
        <source>What holds the peak</source>
        <translation>최고점을 차지하는 것</translation>
    </message>
    <message>
        <source>A selected row marks its life in the step above</source>
        <translation>고른 줄은 위 단계에 수명을 표시합니다</translation>
    </message>
    <message>
        <source>%1 allocated in %2</source>
        <translation>%2에서 %1 할당</translation>
    </message>
    <message>
        <source>the step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Compared with %1</source>
        <translation>%1와(과) 비교 중</translation>
    </message>
    <message>
        <source>Export the timeline</source>
        <translation>시간선 내보내기</translation>
    </message>
    <message>
        <source>Picture (*.png);;Drawing (*.svg);;Numbers (*.csv)</source>
        <translation>그림 (*.png);;벡터 그림 (*.svg);;수치 (*.csv)</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>내보내지 못함</translation>
    </message>
    <message>
        <source>Part of the step that is shown</source>
        <translation>표시할 스텝 부분</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>측정값</translation>
    </message>
    <message>
        <source>Measuring: cancel</source>
        <translation>측정 중: 취소</translation>
    </message>
    <message>
        <source>Measure three steps</source>
        <translation>세 스텝 측정</translation>
    </message>
    <message>
        <source>Runs three steps of this setting on noise, on this machine&apos;s device, and draws what they take over the forecast. Nothing is written to disk.</source>
        <translation>이 설정으로 세 스텝을 잡음에 대해 이 컴퓨터의 장치에서 실행하고, 쓰인 메모리를 예측 위에 그립니다. 디스크에는 아무것도 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Measured: %1, forecast %2 %</source>
        <translation>측정 %1, 예측 %2 %</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>The numbers of the timeline, in bytes</source>
        <translation>타임라인의 수치, 바이트</translation>
    </message>
    <message>
        <source>Memory of one training step, in bytes</source>
        <translation>학습 스텝 하나의 메모리, 바이트</translation>
    </message>
    <message>
        <source>What the guide for cards of 32 GB says, beside what is true on this card</source>
        <translation>32 GB 카드 가이드의 수치와 이 카드에서의 실제</translation>
    </message>
    <message>
        <source>The guide for cards of 32 GB, on this card</source>
        <translation>이 카드에서 본 32 GB 카드 가이드</translation>
    </message>
    <message>
        <source>Card limit</source>
        <translation>카드 한도</translation>
    </message>
    <message>
        <source>Draw the memory axis up to the card&apos;s limit, or only as high as this step reaches</source>
        <translation>메모리 축을 카드 한도까지, 또는 이 스텝이 닿는 높이까지만 그립니다</translation>
    </message>
    <message>
        <source>Pin to compare</source>
        <translation>비교용 고정</translation>
    </message>
    <message>
        <source>Keeps this setting&apos;s line in the chart while you try others</source>
        <translation>다른 설정을 시험하는 동안 이 설정의 선을 그래프에 남겨 둡니다</translation>
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
        <translation>%1, %2에서</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryTimeline</name>
    <message>
        <source>Memory of one training step</source>
        <translation>학습 한 단계의 메모리</translation>
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
        <translation>학습 한 스텝의 메모리: %1</translation>
    </message>
    <message>
        <source>Forecast: %1 on the device of %2; %3 allocated at the peak (◆)</source>
        <translation>예측: 장치 %2 중 %1, 최고점(◆)에서 %3 할당</translation>
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
        <translation>실측</translation>
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
    <name>headroom::ui::NumberBox</name>
    <message>
        <source>“%1” is not a number.</source>
        <translation>“%1”은(는) 숫자가 아닙니다.</translation>
    </message>
    <message>
        <source>%1 is not between %2 and %3; %4 is kept.</source>
        <translation>%1은(는) %2에서 %3 사이가 아닙니다. %4을(를) 유지합니다.</translation>
    </message>
    <message>
        <source>“%1” is not a whole number; %2 is kept.</source>
        <translation>“%1”은(는) 정수가 아닙니다. %2을(를) 유지합니다.</translation>
    </message>
    <message>
        <source>“%1” is not one clear number; %2 is kept. Write it like 1500 or 1.5.</source>
        <translation>“%1”은(는) 분명한 숫자가 아닙니다. %2을(를) 유지합니다. 1500이나 1.5처럼 쓰세요.</translation>
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
    <name>headroom::ui::OverlayPlot</name>
    <message>
        <source>Curves of the chosen runs</source>
        <translation>선택한 실행의 곡선</translation>
    </message>
    <message>
        <source>cSDR, dB ↑</source>
        <translation>cSDR, dB ↑</translation>
    </message>
    <message>
        <source>Loss, smoothed</source>
        <translation>손실, 평활</translation>
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
        <source>%1: %2, %3 % of what is in use</source>
        <translation>%1: %2, 사용량의 %3 %</translation>
    </message>
    <message>
        <source>%1 of %2 in use</source>
        <translation>%2 중 %1 사용</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Card limit %1 GiB</source>
        <translation>카드 한도 %1 GiB</translation>
    </message>
</context>
<context>
    <name>headroom::ui::Player</name>
    <message>
        <source>%1 does not play %2 Hz stereo</source>
        <translation>%1은(는) %2 Hz 스테레오를 재생하지 못합니다</translation>
    </message>
    <message>
        <source>%1 cannot be opened</source>
        <translation>%1을(를) 열 수 없습니다</translation>
    </message>
    <message>
        <source>%1 has stopped working</source>
        <translation>%1이(가) 작동을 멈췄습니다</translation>
    </message>
    <message>
        <source>No sound device was found</source>
        <translation>소리 장치를 찾지 못했습니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>환경 설정</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>모양(&amp;L)</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>언어(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Other programs hold</source>
        <translation>다른 프로그램 사용량(&amp;O)</translation>
    </message>
    <message>
        <source>Another language is shown from the next start on. What other programs hold of a card is assumed until a run on it has measured it.</source>
        <translation>언어는 다음 시작부터 바뀝니다. 다른 프로그램의 카드 사용량은 그 카드에서 실행해 측정하기 전까지 가정한 값입니다.</translation>
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
</context>
<context>
    <name>headroom::ui::PresetBox</name>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
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
        <source>Write a checkpoint after the step in progress</source>
        <translation>진행 중인 스텝이 끝나면 체크포인트를 저장합니다</translation>
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
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>After the step in progress; the memory stays taken</source>
        <translation>진행 중인 스텝이 끝나면 멈춥니다. 메모리는 그대로 유지됩니다</translation>
    </message>
    <message>
        <source>Resume the run in %1</source>
        <translation>%1의 실행을 이어서 학습합니다</translation>
    </message>
    <message>
        <source>with these changes of its setting:</source>
        <translation>설정의 다음 변경과 함께:</translation>
    </message>
    <message>
        <source>Finish the step in progress, save and end; the run can be resumed</source>
        <translation>진행 중인 스텝을 마치고 저장한 뒤 끝냅니다. 나중에 이어서 학습할 수 있습니다</translation>
    </message>
    <message>
        <source>Start a new run with this setting in %1</source>
        <translation>이 설정으로 %1에서 새 실행을 시작합니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunChooser</name>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>The run that is shown, and others to take up in its place</source>
        <translation>지금 보이는 실행과, 대신 불러올 수 있는 다른 실행</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>아직 실행이 없습니다</translation>
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
        <translation>모든 실행의 폴더 열기</translation>
    </message>
    <message>
        <source>Keep new runs elsewhere…</source>
        <translation>새 실행을 다른 곳에 보관…</translation>
    </message>
    <message>
        <source>New runs are kept in %1</source>
        <translation>새 실행은 %1에 보관됩니다</translation>
    </message>
    <message>
        <source>Folder of runs: %1</source>
        <translation>실행 폴더: %1</translation>
    </message>
    <message>
        <source>Keep new runs in</source>
        <translation>새 실행을 보관할 폴더</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunModel</name>
    <message>
        <source>Another program is training this run: %1. Stop it there first.</source>
        <translation>다른 프로그램(%1)이 이 실행을 학습하고 있습니다. 먼저 그쪽에서 중지하세요.</translation>
    </message>
    <message>
        <source>Changes before</source>
        <translation>이전 변경</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunNotice</name>
    <message>
        <source>Resume %1</source>
        <translation>%1 이어서 학습</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunProgressBar</name>
    <message>
        <source>How much of the run is done</source>
        <translation>실행 진행률</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunReadout</name>
    <message>
        <source>Numbers at the cross-hair</source>
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
        <source>cSDR %1 dB ↑ best, epoch %2</source>
        <translation>최고 cSDR %1 dB ↑, 에폭 %2</translation>
    </message>
    <message>
        <source>Saved %1 ago</source>
        <translation>%1 전에 저장</translation>
    </message>
    <message>
        <source>%1 %2 dB</source>
        <translation>%1 %2 dB</translation>
    </message>
    <message>
        <source>Epoch %1: %2</source>
        <translation>에폭 %1: %2</translation>
    </message>
    <message>
        <source>Disk: %1 free</source>
        <translation>디스크: %1 남음</translation>
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
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>Waiting, s</source>
        <translation>대기, 초</translation>
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
        <translation>갱신, 초</translation>
    </message>
    <message>
        <source>Allocated, bytes</source>
        <translation>할당, 바이트</translation>
    </message>
    <message>
        <source>Peak, bytes</source>
        <translation>최고치, 바이트</translation>
    </message>
    <message>
        <source>Reserved, bytes</source>
        <translation>예약, 바이트</translation>
    </message>
    <message>
        <source>Device, bytes</source>
        <translation>장치, 바이트</translation>
    </message>
    <message>
        <source>Others, bytes</source>
        <translation>다른 프로그램, 바이트</translation>
    </message>
    <message>
        <source>%1 cSDR, dB</source>
        <translation>%1 cSDR, dB</translation>
    </message>
    <message>
        <source>%1 uSDR, dB</source>
        <translation>%1 uSDR, dB</translation>
    </message>
    <message>
        <source>Each row is the mean of up to %1 steps, with the lowest and highest loss among them.</source>
        <translation>각 행은 최대 %1개 스텝의 평균이며, 그 가운데 최소·최대 손실이 함께 있습니다.</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunsPage</name>
    <message>
        <source>Find a run</source>
        <translation>실행 찾기</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>A run folder, or a folder of run folders, of this program or of the command line</source>
        <translation>실행 폴더, 또는 실행 폴더가 든 폴더: 이 프로그램이나 명령줄로 만든 것</translation>
    </message>
    <message>
        <source>A folder with runs</source>
        <translation>실행이 든 폴더</translation>
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
        <translation>차이를 글자로 복사합니다</translation>
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
        <source>Open on the Training page with its setting; it can be resumed there</source>
        <translation>설정과 함께 학습 페이지에서 엽니다. 거기서 이어서 학습할 수 있습니다</translation>
    </message>
    <message>
        <source>Curves of selected runs</source>
        <translation>선택한 실행의 곡선</translation>
    </message>
    <message>
        <source>Differences in settings</source>
        <translation>설정의 차이</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>아직 실행이 없습니다</translation>
    </message>
    <message>
        <source>Every run that you train is listed here with its scores. Runs of the command line, or on another disk, are found when you add their folder.</source>
        <translation>학습한 실행이 점수와 함께 모두 여기에 표시됩니다. 명령줄이나 다른 디스크의 실행은 그 폴더를 추가하면 표시됩니다.</translation>
    </message>
    <message>
        <source>Add a folder of runs…</source>
        <translation>실행 폴더 추가…</translation>
    </message>
    <message>
        <source>Reading the runs…</source>
        <translation>실행을 읽는 중…</translation>
    </message>
    <message>
        <source>Runs: %1</source>
        <translation>실행: %1</translation>
    </message>
    <message>
        <source>Differences in settings: %1</source>
        <translation>설정의 차이: %1</translation>
    </message>
    <message>
        <source>Tick two or more runs to compare their settings</source>
        <translation>둘 이상의 실행을 선택하면 설정을 비교합니다</translation>
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
        <source>A run folder</source>
        <translation>실행 폴더</translation>
    </message>
    <message>
        <source>This run cannot be opened</source>
        <translation>이 실행을 열 수 없습니다</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RunsTable</name>
    <message>
        <source>Cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>시작 안 됨</translation>
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
        <translation>▲ 스텝 %1에서 끊김</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>시작</translation>
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
        <translation>최고치</translation>
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
        <source>window</source>
        <translation>창</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>명령줄</translation>
    </message>
    <message>
        <source>Begun by</source>
        <translation>시작한 곳</translation>
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
        <translation>가장 나쁜 초를 중심으로 3초 반복 (W)</translation>
    </message>
    <message>
        <source>SDR and levels of each second, as numbers</source>
        <translation>초마다의 SDR과 레벨을 숫자로</translation>
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
        <source>hidden while X is heard</source>
        <translation>X를 듣는 동안 숨김</translation>
    </message>
    <message>
        <source>Worst second, %1</source>
        <translation>가장 나쁜 초, %1</translation>
    </message>
    <message>
        <source>The median over the seconds of the song</source>
        <translation>곡의 초별 값의 중앙값</translation>
    </message>
    <message>
        <source>cSDR: %1 dB</source>
        <translation>cSDR: %1 dB</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SdrStrip</name>
    <message>
        <source>SDR by second</source>
        <translation>초별 SDR</translation>
    </message>
    <message>
        <source>Worst at %1. %2</source>
        <translation>가장 나쁜 곳 %1. %2</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>hidden while X is heard</source>
        <translation>X를 듣는 동안 숨김</translation>
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
        <source>%1: SDR %2 dB; stem %3 dBFS, error %4 dBFS RMS</source>
        <translation>%1: SDR %2 dB; 스템 %3 dBFS, 오차 %4 dBFS RMS</translation>
    </message>
    <message>
        <source>%1: silent, left out</source>
        <translation>%1: 무음, 제외</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ConfigurationController</name>
    <message>
        <source>Settings (*.yaml *.yml)</source>
        <translation>설정 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Open &amp;recent setting</source>
        <translation>최근 설정 열기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Open setting...</source>
        <translation>설정 열기(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Save setting</source>
        <translation>설정 저장(&amp;S)</translation>
    </message>
    <message>
        <source>Save setting &amp;as...</source>
        <translation>다른 이름으로 설정 저장(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Command line...</source>
        <translation>명령줄(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Find a setting</source>
        <translation>설정 찾기(&amp;F)</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Open setting</source>
        <translation>설정 열기</translation>
    </message>
    <message>
        <source>This setting cannot be opened</source>
        <translation>이 설정을 열 수 없습니다</translation>
    </message>
    <message>
        <source>Save setting</source>
        <translation>설정 저장</translation>
    </message>
    <message>
        <source>This setting cannot be saved</source>
        <translation>이 설정을 저장할 수 없습니다</translation>
    </message>
    <message>
        <source>Unsaved setting</source>
        <translation>저장하지 않은 설정</translation>
    </message>
    <message>
        <source>Save the changes to the setting &quot;%1&quot;?</source>
        <translation>&quot;%1&quot; 설정의 변경을 저장할까요?</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ConfigurationTable</name>
    <message>
        <source>Setting</source>
        <translation>설정</translation>
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
        <translation>정확</translation>
    </message>
    <message>
        <source>✓ clean</source>
        <translation>✓ 깨끗함</translation>
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
        <translation>최고치, dBFS</translation>
    </message>
    <message>
        <source>Residual, dB</source>
        <translation>잔차, dB</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>결과</translation>
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
        <source>Others</source>
        <translation>그 밖</translation>
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
        <source>Weights (*.safetensors)</source>
        <translation>가중치 (*.safetensors)</translation>
    </message>
    <message>
        <source>Reference: the true stems</source>
        <translation>원본: 실제 스템</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>the song&apos;s own stems</source>
        <translation>곡 자체의 스템</translation>
    </message>
    <message>
        <source>Mixture, untouched</source>
        <translation>믹스 그대로</translation>
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
        <source>Nothing</source>
        <translation>없음</translation>
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
        <source>There is no checkpoint in %1.</source>
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
        <source>Null test: no difference at all</source>
        <translation>널 테스트: 차이 없음</translation>
    </message>
    <message>
        <source>Null test: %1 dB</source>
        <translation>널 테스트: %1 dB</translation>
    </message>
    <message>
        <source>%1 samples beyond full scale were clipped; 32 bit float holds them</source>
        <translation>풀 스케일을 넘은 샘플 %1개가 잘렸습니다. 32비트 부동소수는 담을 수 있습니다</translation>
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
</context>
<context>
    <name>headroom::ui::Studio</name>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Open my songs…</source>
        <translation>내 곡 열기…</translation>
    </message>
    <message>
        <source>The demo songs cannot be composed</source>
        <translation>데모 곡을 작곡할 수 없습니다</translation>
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
        <translation>표 전체를 쉼표로 나눈 텍스트로 복사</translation>
    </message>
</context>
<context>
    <name>headroom::ui::TensorTable</name>
    <message>
        <source>Module and operator</source>
        <translation>모듈과 연산</translation>
    </message>
    <message>
        <source>Shape and type</source>
        <translation>형상과 형식</translation>
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
    <name>headroom::ui::TextEditor</name>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
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
    <name>headroom::ui::TrainingPage</name>
    <message>
        <source>Numbers of the charts</source>
        <translation>차트의 값</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>로그 손실</translation>
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
        <source>The numbers of what is in view</source>
        <translation>보이는 구간의 값</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Save the charts as a picture, or their numbers</source>
        <translation>차트를 그림이나 숫자로 저장합니다</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>Choose the charts to be shown</source>
        <translation>보여 줄 차트를 고릅니다</translation>
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
        <source>Clock</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Time axis: %1</source>
        <translation>시간축: %1</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>평활</translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation>손실의 평활</translation>
    </message>
    <message>
        <source>Weight of the steps before in the moving average of the loss</source>
        <translation>손실 이동 평균에서 이전 스텝의 가중치</translation>
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
        <source>%1 cSDR %2 dB</source>
        <translation>%1 cSDR %2 dB</translation>
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
        <source>Picture (*.png);;Drawing (*.svg);;Numbers (*.csv)</source>
        <translation>그림 (*.png);;벡터 그림 (*.svg);;숫자 (*.csv)</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>아직 실행이 없습니다</translation>
    </message>
    <message>
        <source>A run trains a model with the setting on the left. It is kept in a folder of its own, and can be stopped and resumed at any time.</source>
        <translation>실행은 왼쪽 설정으로 모델을 학습합니다. 자기 폴더에 보관되며, 언제든 멈추고 이어서 학습할 수 있습니다.</translation>
    </message>
    <message>
        <source>Bottleneck</source>
        <translation>병목</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
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
        <source>time that the run has been running</source>
        <translation>실행이 진행된 시간</translation>
    </message>
    <message>
        <source>Charts of the run</source>
        <translation>실행의 차트</translation>
    </message>
    <message>
        <source>Arrows go from validation to validation, plus and minus zoom, Home shows the whole run, N goes to the next mark, T opens the numbers as a table</source>
        <translation>화살표는 검증 사이를 옮겨 다니고, 더하기와 빼기는 확대와 축소, Home은 전체 보기, N은 다음 표시, T는 값을 표로 엽니다</translation>
    </message>
    <message>
        <source>epoch %1, step %2, %3</source>
        <translation>에폭 %1, 스텝 %2, %3</translation>
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
        <source>Couldn&apos;t do that</source>
        <translation>할 수 없습니다</translation>
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
        <source>The run can be resumed later from where it is saved now.</source>
        <translation>지금 저장한 곳에서 나중에 이어서 학습할 수 있습니다.</translation>
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
        <source>Hear %1</source>
        <translation>%1 듣기</translation>
    </message>
    <message>
        <source>A or B, hidden (X)</source>
        <translation>A 또는 B, 숨김 (X)</translation>
    </message>
    <message>
        <source>Hear %1 (%1)</source>
        <translation>%1 듣기 (%1)</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>소리 장치</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>음량</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 – %2</translation>
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
        <source>Heard: %1</source>
        <translation>들리는 것: %1</translation>
    </message>
    <message>
        <source>%1. Playback is unavailable; everything else works.</source>
        <translation>%1. 재생할 수 없습니다. 다른 기능은 모두 쓸 수 있습니다.</translation>
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
        <source>Headroom %1
Trains music separation on the card that you have.
GPL-3.0-or-later</source>
        <translation>Headroom %1
지금 가진 카드에서 음악 분리를 학습시킵니다.
GPL-3.0-or-later</translation>
    </message>
</context>
</TS>
