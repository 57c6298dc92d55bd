<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
<context>
    <name>Option</name>
    <message>
        <source>Sample rate of the model; songs at other rates are resampled</source>
        <translation>모델의 샘플레이트. 다른 샘플레이트의 곡은 리샘플링합니다</translation>
    </message>
    <message>
        <source>Channels of the model: 1 for mono, 2 for stereo</source>
        <translation>모델의 채널 수. 1은 모노, 2는 스테레오</translation>
    </message>
    <message>
        <source>STFT window and transform length; values other than 2048 require model.freqs_per_bands, except in mel_band_roformer</source>
        <translation>STFT 윈도우와 변환의 길이. 2048이 아니면 mel_band_roformer가 아닌 한 model.freqs_per_bands가 필요합니다</translation>
    </message>
    <message>
        <source>STFT hop, at most half of n_fft; a smaller hop gives more frames</source>
        <translation>STFT 홉, 최대 n_fft의 절반. 홉이 작을수록 프레임이 많아집니다</translation>
    </message>
    <message>
        <source>Length of a training segment</source>
        <translation>학습 세그먼트의 길이</translation>
    </message>
    <message>
        <source>Largest fraction by which segments are shorter than segment_length: each update draws one of up to 16 lengths, the longest of which is segment_length; 0: all have that length</source>
        <translation>세그먼트가 segment_length보다 짧아질 수 있는 최대 비율. 업데이트마다 최대 16가지 길이 중 하나를 뽑으며, 가장 긴 것이 segment_length입니다. 0이면 모두 그 길이입니다</translation>
    </message>
    <message>
        <source>Features per band and frame; in bs_mamba2, hidden_dim times expand must be a multiple of headdim</source>
        <translation>대역과 프레임마다의 특징 수. bs_mamba2에서는 hidden_dim과 expand의 곱이 headdim의 배수여야 합니다</translation>
    </message>
    <message>
        <source>Dual-path layers; each runs along time and along bands</source>
        <translation>이중 경로 레이어의 수. 레이어마다 시간 방향과 대역 방향으로 처리합니다</translation>
    </message>
    <message>
        <source>Bands that the spectrum is split into; if freqs_per_bands is set, leave this at 62 or set it to the number of widths there</source>
        <translation>스펙트럼을 나누는 대역의 수. freqs_per_bands를 지정했으면 62로 두거나 그 너비의 개수로 정합니다</translation>
    </message>
    <message>
        <source>State size of the Mamba2 mixers</source>
        <translation>Mamba2 믹서의 상태 크기</translation>
    </message>
    <message>
        <source>Kernel width of the causal convolution in the Mamba2 mixers</source>
        <translation>Mamba2 믹서에 있는 인과 합성곱의 커널 너비</translation>
    </message>
    <message>
        <source>Inner width of a Mamba2 mixer as a multiple of hidden_dim</source>
        <translation>Mamba2 믹서의 내부 너비, hidden_dim의 배수</translation>
    </message>
    <message>
        <source>Features per head of a Mamba2 mixer</source>
        <translation>Mamba2 믹서 헤드 하나의 특징 수</translation>
    </message>
    <message>
        <source>Keep only the inputs of the dual-path layers and recompute their activations in the backward pass</source>
        <translation>이중 경로 레이어의 입력만 남기고 활성값은 역전파에서 재계산합니다</translation>
    </message>
    <message>
        <source>Number of dual-path layers, counted from the first, to recompute when use_gradient_checkpointing is false; num_layers or more: all</source>
        <translation>use_gradient_checkpointing이 꺼져 있을 때 재계산할 이중 경로 레이어의 수, 첫 레이어부터 셉니다. num_layers 이상이면 모두</translation>
    </message>
    <message>
        <source>Slices that each recomputed layer is processed in, one after another; more slices need less memory; 0: slices of about 8,000 tokens</source>
        <translation>재계산하는 레이어를 하나씩 차례로 처리하는 슬라이스의 수. 슬라이스가 많을수록 메모리를 덜 씁니다. 0이면 토큰 약 8,000개씩의 슬라이스</translation>
    </message>
    <message>
        <source>Keep the inputs of recomputed layers in host memory instead of device memory</source>
        <translation>재계산하는 레이어의 입력을 장치 메모리 대신 호스트 메모리에 둡니다</translation>
    </message>
    <message>
        <source>What the Mamba2 mixers keep for the backward pass, in layers that do not recompute, on a card with our kernels: their input, also the tokens after in_proj, also B and C after the convolution, or also the result of the scan; each needs more memory and less time than the one before</source>
        <translation>자체 커널을 쓰는 카드에서, 재계산하지 않는 레이어의 Mamba2 믹서가 역전파를 위해 보존하는 것: 입력만, 또는 in_proj 뒤의 토큰까지, 합성곱 뒤의 B와 C까지, 스캔의 결과까지. 뒤로 갈수록 메모리를 더 쓰고 시간이 덜 걸립니다</translation>
    </message>
    <message>
        <source>Number of dual-path layers, counted from the last, that keep kept_activations; num_layers or more: all</source>
        <translation>kept_activations를 보존하는 이중 경로 레이어의 수, 마지막 레이어부터 셉니다. num_layers 이상이면 모두</translation>
    </message>
    <message>
        <source>Width of each band from low to high frequencies, n_fft / 2 + 1 bins in total; empty: derived from num_subbands, or the 62 bands of the paper</source>
        <translation>낮은 주파수부터 높은 주파수까지 각 대역의 너비, 모두 n_fft / 2 + 1개의 빈. 비우면 num_subbands로 정하거나 논문의 62개 대역을 씁니다</translation>
    </message>
    <message>
        <source>What computes the Mamba2 mixers: auto uses our own kernels where the device and the sizes allow it, operators always uses LibTorch&apos;s operators, for comparison</source>
        <translation>Mamba2 믹서를 계산하는 방법: auto는 장치와 크기가 허용하면 자체 커널을 쓰고, operators는 비교를 위해 항상 LibTorch 연산자를 씁니다</translation>
    </message>
    <message>
        <source>Segments per step</source>
        <translation>스텝당 세그먼트 수</translation>
    </message>
    <message>
        <source>Steps whose gradients are averaged for one optimizer update; batch_size times this is the effective batch</source>
        <translation>옵티마이저 업데이트 한 번에 그래디언트를 평균하는 스텝 수. batch_size와 곱하면 유효 배치입니다</translation>
    </message>
    <message>
        <source>Learning rate of the optimizer after warm-up and before any decay</source>
        <translation>워밍업 뒤, 감쇠 전의 옵티마이저 학습률</translation>
    </message>
    <message>
        <source>Epochs in the whole run</source>
        <translation>실행 전체의 에폭 수</translation>
    </message>
    <message>
        <source>Steps per epoch; steps left over from gradient accumulation at the end of an epoch form a smaller update</source>
        <translation>에폭당 스텝 수. 에폭 끝에서 그래디언트 누적이 덜 찬 스텝은 작은 업데이트가 됩니다</translation>
    </message>
    <message>
        <source>Data type of activations and matrix products; weights, scan states, STFT and loss stay fp32</source>
        <translation>활성값과 행렬 곱의 자료형. 가중치, 스캔 상태, STFT, 손실은 fp32로 둡니다</translation>
    </message>
    <message>
        <source>Threads that load songs; 0: load between steps</source>
        <translation>곡을 읽는 스레드 수. 0이면 스텝 사이에 읽습니다</translation>
    </message>
    <message>
        <source>Batches that each loading thread prepares in advance</source>
        <translation>읽는 스레드마다 미리 준비하는 배치 수</translation>
    </message>
    <message>
        <source>Maximum gradient norm, the 2-norm over all parameters; 0: no clipping</source>
        <translation>그래디언트 노름의 최댓값, 모든 파라미터의 2-노름. 0이면 클리핑하지 않습니다</translation>
    </message>
    <message>
        <source>Decay of the exponential moving average (EMA) of the weights, which is validated and published; 0: no EMA</source>
        <translation>가중치 지수 이동 평균(EMA)의 감쇠. 이 평균으로 검증하고 이를 내보냅니다. 0이면 EMA를 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Random seed for the initial weights, the training segments and the choice of validation songs</source>
        <translation>초기 가중치, 학습 세그먼트, 검증 곡 선택에 쓰는 난수 시드</translation>
    </message>
    <message>
        <source>Folder in which a new run folder is created if none is named, relative to ~/.local/share/headroom</source>
        <translation>실행 폴더를 지정하지 않았을 때 새 실행 폴더를 만드는 폴더(~/.local/share/headroom 기준)</translation>
    </message>
    <message>
        <source>Weights file that a new run starts from (.safetensors, .ckpt, .pt, .pth, .th); empty: random initial weights</source>
        <translation>새 실행이 시작하는 가중치 파일(.safetensors, .ckpt, .pt, .pth, .th). 비우면 무작위 초기 가중치</translation>
    </message>
    <message>
        <source>Fine-tune the weights of init_from with adapters of this rank (LoRA): all weights are frozen, and two small matrices are trained for each weight matrix of the dual-path layers and the mask estimators; at most hidden_dim; 0: train the weights themselves</source>
        <translation>init_from의 가중치를 이 랭크의 어댑터(LoRA)로 미세 조정합니다. 가중치는 모두 동결하고, 이중 경로 레이어와 마스크 추정기의 가중치 행렬마다 작은 행렬 두 개를 학습합니다. 최대 hidden_dim. 0이면 가중치 자체를 학습합니다</translation>
    </message>
    <message>
        <source>Parameters that are not trained, as the first parts of their names, such as [band_split, layers.0]; with lora_rank they get no adapters; empty: none</source>
        <translation>학습하지 않고 동결할 파라미터, 이름의 앞부분으로 지정합니다(예: [band_split, layers.0]). lora_rank와 함께 쓰면 이들에는 어댑터를 만들지 않습니다. 비우면 없음</translation>
    </message>
    <message>
        <source>Epochs between checkpoints</source>
        <translation>체크포인트 사이의 에폭 수</translation>
    </message>
    <message>
        <source>Minutes between checkpoints, the most training time that a crash can lose; 0: no timed checkpoints</source>
        <translation>체크포인트 사이의 분. 갑자기 종료되어도 잃는 학습 시간은 최대 이만큼입니다. 0이면 시간 기준으로는 저장하지 않습니다</translation>
    </message>
    <message>
        <source>Most recent checkpoints to keep besides the best one</source>
        <translation>최고 체크포인트 외에 남겨 두는 최근 체크포인트 수</translation>
    </message>
    <message>
        <source>Metric by which the best checkpoint is chosen and a plateau is noticed: its mean over the targets; a higher value is better, whatever the metric</source>
        <translation>최고 체크포인트를 고르고 정체를 판단하는 지표. 타깃들의 평균이며, 어떤 지표든 높을수록 좋습니다</translation>
    </message>
    <message>
        <source>Further metrics that each validation computes besides csdr, usdr and si_sdr: log_wmse, l1_freq, bleedless and fullness; a song takes about a second of CPU time for each</source>
        <translation>검증마다 csdr, usdr, si_sdr 외에 더 계산하는 지표. log_wmse, l1_freq, bleedless, fullness 중에서 고르며, 곡마다 지표 하나에 CPU 시간이 1초쯤 걸립니다</translation>
    </message>
    <message>
        <source>Length of the excerpt of a validation song that is separated after each validation and kept in auditions/, to hear what the run learns; 0: none</source>
        <translation>검증마다 분리해 auditions/에 보관하는 검증 곡 발췌의 길이. 학습 경과를 들어 볼 수 있습니다. 0은 없음</translation>
    </message>
    <message>
        <source>Validation song of the excerpt, which is where the first target is loudest; empty: the first song</source>
        <translation>발췌할 검증 곡. 첫 타깃이 가장 큰 곳에서 발췌합니다. 비워 두면 첫 곡</translation>
    </message>
    <message>
        <source>Epochs between validations</source>
        <translation>검증 사이의 에폭 수</translation>
    </message>
    <message>
        <source>Optimizer; adamw keeps two values of state per parameter, sgd one, adafactor almost none</source>
        <translation>옵티마이저. adamw는 파라미터마다 상태 값을 둘, sgd는 하나 두고 adafactor는 거의 두지 않습니다</translation>
    </message>
    <message>
        <source>Weight decay; each update reduces the weights by this fraction times the learning rate</source>
        <translation>가중치 감쇠. 업데이트마다 가중치를 이 비율에 학습률을 곱한 만큼 줄입니다</translation>
    </message>
    <message>
        <source>Momentum; used by sgd only</source>
        <translation>모멘텀. sgd에서만 씁니다</translation>
    </message>
    <message>
        <source>Updates over which the learning rate rises linearly from 0</source>
        <translation>학습률이 0에서 선형으로 올라가는 동안의 업데이트 수</translation>
    </message>
    <message>
        <source>Validations without a better score before the learning rate is reduced; 0: never</source>
        <translation>학습률을 낮추기 전까지 점수가 나아지지 않은 검증 횟수. 0이면 낮추지 않습니다</translation>
    </message>
    <message>
        <source>Factor that the learning rate is multiplied by on a plateau</source>
        <translation>정체 때 학습률에 곱하는 배수</translation>
    </message>
    <message>
        <source>Fraction of the learning rate that remains at the end of num_epochs, after a linear decay; 1: no decay</source>
        <translation>선형으로 감쇠해 num_epochs가 끝날 때 남는 학습률의 비율. 1이면 감쇠하지 않습니다</translation>
    </message>
    <message>
        <source>Updates skipped for non-finite losses or gradients before the run stops</source>
        <translation>손실이나 그래디언트가 NaN/Inf라서 건너뛴 업데이트가 이만큼이면 실행을 중지합니다</translation>
    </message>
    <message>
        <source>Validations without a better score before the run ends; 0: never</source>
        <translation>점수가 나아지지 않은 검증이 이만큼 이어지면 실행을 끝냅니다. 0이면 끝내지 않습니다</translation>
    </message>
    <message>
        <source>Weight of the waveform error relative to the spectrogram errors; if a file leaves it out, 1 for a RoFormer</source>
        <translation>스펙트로그램 오차에 대한 파형 오차의 가중치. 파일에 없으면 RoFormer에서는 1</translation>
    </message>
    <message>
        <source>Measure of the waveform error: l1 is the mean absolute error, rms the root mean square error, as in SDR</source>
        <translation>파형 오차를 재는 방법. l1은 평균 절대 오차, rms는 SDR처럼 제곱 평균 제곱근 오차</translation>
    </message>
    <message>
        <source>STFT window lengths of the spectrogram errors, which are summed; empty: waveform error only</source>
        <translation>더해서 쓰는 스펙트로그램 오차의 STFT 윈도우 길이들. 비우면 파형 오차만 씁니다</translation>
    </message>
    <message>
        <source>STFT hop of the spectrogram errors</source>
        <translation>스펙트로그램 오차의 STFT 홉</translation>
    </message>
    <message>
        <source>Data set folder with train/, test/ and optionally valid/, with a folder per song or per stem, MoisesDB, or a CSV file with the columns instrum and path; also set by --data</source>
        <translation>train/과 test/, 선택으로 valid/가 들어 있고 곡이나 스템마다 폴더가 하나씩 있는 데이터셋 폴더, MoisesDB, 또는 instrum과 path 열이 있는 CSV 파일. --data로도 지정합니다</translation>
    </message>
    <message>
        <source>Further data sets, whose songs are added to those of root</source>
        <translation>root의 곡에 더해지는 추가 데이터셋</translation>
    </message>
    <message>
        <source>Stems that the model learns to separate</source>
        <translation>모델이 분리하도록 학습하는 스템</translation>
    </message>
    <message>
        <source>Stems that add up to the mixture, including the targets; other files are ignored; empty: all stems of a song, and songs with a file that is the sum of others are refused</source>
        <translation>더하면 믹스가 되는 스템, 분리 대상 포함. 다른 파일은 무시합니다. 비우면 곡의 모든 스템을 쓰며, 다른 파일들의 합인 파일이 있는 곡은 거부합니다</translation>
    </message>
    <message>
        <source>Input of a training segment: sum adds up the stems, file reads the mixture file of each song at the same position (MSST's data set type 6) and requires random_mix_probability 0</source>
        <translation>학습 세그먼트의 입력. sum은 스템을 더하고, file은 각 곡의 믹스 파일을 같은 위치에서 읽습니다(MSST 데이터셋 유형 6). file이면 random_mix_probability가 0이어야 합니다</translation>
    </message>
    <message>
        <source>Songs used for validation instead of training: musdb18 for the songs in valid/ or, without that folder, the 14 validation songs of MUSDB18 in train/; a fraction of train/, drawn with the seed; or a list of song names from either folder</source>
        <translation>학습 대신 검증에 쓰는 곡. musdb18이면 valid/의 곡, 그 폴더가 없으면 train/에 있는 MUSDB18의 검증 곡 14개. 또는 시드로 뽑는 train/의 비율, 또는 두 폴더의 곡 이름 목록</translation>
    </message>
    <message>
        <source>Songs of train/ to leave out of both training and validation</source>
        <translation>학습과 검증 모두에서 제외하는 train/의 곡</translation>
    </message>
    <message>
        <source>Fraction of segments whose stems come from different songs</source>
        <translation>스템이 서로 다른 곡에서 오는 세그먼트의 비율</translation>
    </message>
    <message>
        <source>Probability that a stem, target or not, is silenced in a segment whose stems come from different songs</source>
        <translation>스템이 서로 다른 곡에서 오는 세그먼트에서 각 스템(분리 대상 포함)을 무음으로 바꿀 확률</translation>
    </message>
    <message>
        <source>Length of the windows that segments are drawn from; windows start half a window apart and count if the stem is above -60 dBFS for more than half of the time; 0: segments come from anywhere</source>
        <translation>세그먼트를 뽑는 윈도우의 길이. 윈도우는 길이의 절반 간격으로 시작하며, 스템이 절반 넘는 시간 동안 -60 dBFS보다 큰 윈도우만 씁니다. 0이면 어디에서나 뽑습니다</translation>
    </message>
    <message>
        <source>Smallest random gain of a stem, as an amplitude factor</source>
        <translation>스템에 무작위로 주는 게인의 최솟값, 진폭 배수</translation>
    </message>
    <message>
        <source>Largest random gain of a stem, as an amplitude factor</source>
        <translation>스템에 무작위로 주는 게인의 최댓값, 진폭 배수</translation>
    </message>
    <message>
        <source>Largest random pitch shift of a stem, up or down in whole semitones; its speed changes with it; stems of the same song shift together</source>
        <translation>스템에 무작위로 주는 피치 시프트의 최대 폭, 위아래로 반음 단위. 속도도 함께 바뀌며, 같은 곡의 스템은 함께 바뀝니다</translation>
    </message>
    <message>
        <source>Fraction of stems with left and right swapped; stems of the same song are swapped together</source>
        <translation>왼쪽과 오른쪽을 맞바꾸는 스템의 비율. 같은 곡의 스템은 함께 맞바꿉니다</translation>
    </message>
    <message>
        <source>Amount of random change to the stereo width and balance of each stem; 0: none</source>
        <translation>각 스템의 스테레오 폭과 좌우 균형을 무작위로 바꾸는 정도. 0이면 바꾸지 않습니다</translation>
    </message>
    <message>
        <source>Largest random boost or cut of the high frequencies of each stem, above a random corner frequency</source>
        <translation>각 스템에서 무작위 모서리 주파수보다 높은 대역을 무작위로 올리거나 내리는 최대 폭</translation>
    </message>
    <message>
        <source>Fraction of stems with inverted polarity; stems of the same song are inverted together</source>
        <translation>위상을 반전하는 스템의 비율. 같은 곡의 스템은 함께 반전합니다</translation>
    </message>
    <message>
        <source>Fraction of the stems of segments mixed from different songs that are averaged with another segment of the same stem, so that two singers sing at once</source>
        <translation>서로 다른 곡을 섞은 세그먼트에서, 같은 스템의 다른 세그먼트와 평균하는 스템의 비율. 두 가수가 함께 부르는 것처럼 됩니다</translation>
    </message>
    <message>
        <source>Fraction of stems that an equalizer of seven bands changes at random</source>
        <translation>7밴드 이퀄라이저로 무작위로 바꾸는 스템의 비율</translation>
    </message>
    <message>
        <source>Largest random boost or cut of a band of that equalizer</source>
        <translation>그 이퀄라이저에서 한 밴드를 올리거나 내리는 최대 폭</translation>
    </message>
    <message>
        <source>Fraction of stems whose pitch is shifted while their tempo stays; stems of the same song are shifted together; takes a lot of the loader's time</source>
        <translation>템포는 그대로 두고 피치만 바꾸는 스템의 비율. 같은 곡의 스템은 함께 바뀝니다. 로더의 시간이 많이 듭니다</translation>
    </message>
    <message>
        <source>Lowest pitch shift</source>
        <translation>그 피치 변화의 최저값</translation>
    </message>
    <message>
        <source>Highest pitch shift</source>
        <translation>그 피치 변화의 최고값</translation>
    </message>
    <message>
        <source>Stems whose pitch may be shifted; empty: all</source>
        <translation>그렇게 피치를 바꿀 수 있는 스템. 비어 있으면 모든 스템</translation>
    </message>
    <message>
        <source>Fraction of stems whose tempo is changed while their pitch stays; stems of the same song are changed together; takes a lot of the loader's time</source>
        <translation>피치는 그대로 두고 템포만 바꾸는 스템의 비율. 같은 곡의 스템은 함께 바뀝니다. 로더의 시간이 많이 듭니다</translation>
    </message>
    <message>
        <source>Slowest tempo, as a factor; 0.5: half as fast</source>
        <translation>그 템포 가운데 가장 느린 것, 배수로. 0.5면 절반 빠르기</translation>
    </message>
    <message>
        <source>Fastest tempo, as a factor</source>
        <translation>그 템포 가운데 가장 빠른 것, 배수로</translation>
    </message>
    <message>
        <source>Stems whose tempo may be changed; empty: all</source>
        <translation>그렇게 템포를 바꿀 수 있는 스템. 비어 있으면 모든 스템</translation>
    </message>
    <message>
        <source>Fraction of segments with silent targets that are kept; segments silenced by stem_dropout are always kept</source>
        <translation>분리 대상이 무음인 세그먼트를 남기는 비율. stem_dropout으로 무음이 된 세그먼트는 항상 남깁니다</translation>
    </message>
    <message>
        <source>Songs whose files differ in length by more than 0.1 s: refuse treats them as unreadable, trim cuts all files to the shortest, pad adds silence up to the longest</source>
        <translation>파일 길이가 0.1초 넘게 다른 곡의 처리. refuse는 읽을 수 없는 곡으로 보고, trim은 모든 파일을 가장 짧은 길이로 자르고, pad는 가장 긴 길이까지 무음을 붙입니다</translation>
    </message>
    <message>
        <source>Training songs that lack a stem of data.stems: refuse treats them as unreadable, mix uses the stems that they have in segments whose stems come from different songs</source>
        <translation>data.stems의 스템이 빠진 학습 곡의 처리. refuse는 읽을 수 없는 곡으로 보고, mix는 그 곡에 있는 스템을 여러 곡을 섞는 세그먼트에만 씁니다</translation>
    </message>
    <message>
        <source>Action on a file that cannot be read: fail ends the run, skip leaves the song out and reports it</source>
        <translation>읽을 수 없는 파일의 처리. fail은 실행을 끝내고, skip은 그 곡을 빼고 알립니다</translation>
    </message>
    <message>
        <source>Overlap of consecutive segments when a whole song is separated, as a fraction of a segment</source>
        <translation>곡 전체를 분리할 때 이웃한 세그먼트의 겹침, 세그먼트에 대한 비율</translation>
    </message>
    <message>
        <source>Length of the segments in which a whole song is separated</source>
        <translation>곡 전체를 분리할 때 세그먼트의 길이</translation>
    </message>
    <message>
        <source>Segments that are separated together; 0: on a card, as many as fit by forecast, up to 16, on the CPU one; validation during training takes one at a time</source>
        <translation>함께 분리하는 세그먼트 수. 0이면 그래픽카드에서는 예측상 메모리에 들어가는 만큼(최대 16), CPU에서는 하나. 학습 중 검증은 하나씩 분리합니다</translation>
    </message>
    <message>
        <source>Separate every segment also with inverted polarity and with left and right swapped, and average the results, which takes three times as long; not used in validation during training</source>
        <translation>세그먼트마다 위상을 뒤집은 것과 좌우를 바꾼 것도 분리해 평균을 냅니다. 시간이 세 배 걸립니다. 학습 중 검증에는 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Memory of a card that training leaves free for other programs, such as the desktop, besides what they use at its start; the forecast counts it, and training does not exceed it</source>
        <translation>학습이 데스크톱 같은 다른 프로그램을 위해 비워 두는 카드 메모리. 시작할 때 다른 프로그램이 쓰고 있는 메모리는 별도입니다. 예측에 포함되며, 학습은 이를 넘지 않습니다</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>bins</source>
        <translation>빈</translation>
    </message>
    <message>
        <source>min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>Kind of model: bs_mamba2 mixes tokens with Mamba2, bs_roformer and mel_band_roformer with attention; the mel bands of mel_band_roformer overlap</source>
        <translation>모델의 종류. bs_mamba2는 Mamba2로, bs_roformer와 mel_band_roformer는 어텐션으로 토큰을 섞습니다. mel_band_roformer의 멜 대역은 서로 겹칩니다</translation>
    </message>
    <message>
        <source>Bands on the mel scale, which overlap; every band must contain a bin</source>
        <translation>서로 겹치는 멜 척도 대역의 수. 대역마다 빈이 하나 이상 있어야 합니다</translation>
    </message>
    <message>
        <source>Heads of each attention</source>
        <translation>어텐션마다의 헤드 수</translation>
    </message>
    <message>
        <source>Features per head of each attention; even, unless use_pope is set</source>
        <translation>어텐션 헤드 하나의 특징 수. use_pope가 꺼져 있으면 짝수여야 합니다</translation>
    </message>
    <message>
        <source>Blocks of attention and feed-forward along time in each layer</source>
        <translation>레이어마다 시간 방향으로 처리하는 어텐션과 피드포워드 블록의 수</translation>
    </message>
    <message>
        <source>Blocks of attention and feed-forward along bands in each layer</source>
        <translation>레이어마다 대역 방향으로 처리하는 어텐션과 피드포워드 블록의 수</translation>
    </message>
    <message>
        <source>Blocks of linear attention over all tokens at the start of each layer; 0: none</source>
        <translation>레이어마다 처음에 모든 토큰을 처리하는 선형 어텐션 블록의 수. 0이면 없음</translation>
    </message>
    <message>
        <source>Fraction of the attention weights and of the attention outputs dropped in training</source>
        <translation>학습 중에 0으로 만드는 어텐션 가중치와 어텐션 출력의 비율</translation>
    </message>
    <message>
        <source>Fraction of the feed-forward activations dropped in training</source>
        <translation>학습 중에 0으로 만드는 피드포워드 활성값의 비율</translation>
    </message>
    <message>
        <source>Add the outputs of all earlier layers to the input of each layer</source>
        <translation>앞선 모든 레이어의 출력을 각 레이어의 입력에 더합니다</translation>
    </message>
    <message>
        <source>Polar positions (PoPE) in the attention instead of rotary ones</source>
        <translation>어텐션에서 회전 위치 대신 극좌표 위치(PoPE)를 씁니다</translation>
    </message>
    <message>
        <source>Linear layers of the mask estimator of a band; other programs can count one fewer</source>
        <translation>대역 하나의 마스크 추정기에 있는 선형 레이어의 수. 다른 프로그램은 하나 적게 세기도 합니다</translation>
    </message>
    <message>
        <source>Hidden width of the mask estimators as a multiple of hidden_dim</source>
        <translation>마스크 추정기의 내부 너비, hidden_dim의 배수</translation>
    </message>
    <message>
        <source>STFT window, at most n_fft and at least twice hop_length; 0: n_fft</source>
        <translation>STFT 윈도우의 길이. 최대 n_fft, 최소 hop_length의 두 배. 0이면 n_fft와 같음</translation>
    </message>
    <message>
        <source>Divide the spectrogram by the root of n_fft, as some weights were trained</source>
        <translation>일부 가중치의 학습 방식대로 스펙트로그램을 n_fft의 제곱근으로 나눕니다</translation>
    </message>
    <message>
        <source>Silence the lowest frequency bin of the estimates, as some weights were trained</source>
        <translation>일부 가중치의 학습 방식대로 추정 결과의 가장 낮은 주파수 빈을 0으로 만듭니다</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>parameters of the original model</source>
        <translation>원래 모델의 파라미터 수</translation>
    </message>
    <message>
        <source>parameters of the reduced model</source>
        <translation>줄인 모델의 파라미터 수</translation>
    </message>
    <message>
        <source>STFT frames in 8 s</source>
        <translation>8초의 STFT 프레임 수</translation>
    </message>
    <message>
        <source>STFT frames in 4 s</source>
        <translation>4초의 STFT 프레임 수</translation>
    </message>
    <message>
        <source>parameters, original configuration</source>
        <translation>파라미터, 원래 구성</translation>
    </message>
    <message>
        <source>optimizer state, original configuration</source>
        <translation>옵티마이저 상태, 원래 구성</translation>
    </message>
    <message>
        <source>activations at the peak, original configuration</source>
        <translation>피크의 활성값, 원래 구성</translation>
    </message>
    <message>
        <source>device total, original configuration</source>
        <translation>장치 총사용량, 원래 구성</translation>
    </message>
    <message>
        <source>parameters, reduced configuration</source>
        <translation>파라미터, 줄인 구성</translation>
    </message>
    <message>
        <source>optimizer state, reduced configuration</source>
        <translation>옵티마이저 상태, 줄인 구성</translation>
    </message>
    <message>
        <source>temporaries at the peak, reduced configuration</source>
        <translation>피크의 임시 텐서, 줄인 구성</translation>
    </message>
    <message>
        <source>saved activations at the peak, reduced configuration</source>
        <translation>피크의 역전파용 활성값, 줄인 구성</translation>
    </message>
    <message>
        <source>device total, reduced configuration</source>
        <translation>장치 총사용량, 줄인 구성</translation>
    </message>
    <message>
        <source>capacity of a 32 GB card</source>
        <translation>32 GB 카드의 용량</translation>
    </message>
    <message>
        <source>memory saved by batch size 2 instead of 5</source>
        <translation>배치 크기 5 대신 2로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by batch size 1 instead of 5</source>
        <translation>배치 크기 5 대신 1로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 4 s segments instead of 8 s</source>
        <translation>8초 세그먼트 대신 4초로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 2 s segments instead of 8 s</source>
        <translation>8초 세그먼트 대신 2초로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by hidden_dim 192 instead of 256</source>
        <translation>hidden_dim 256 대신 192로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by hidden_dim 128 instead of 256</source>
        <translation>hidden_dim 256 대신 128로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 4 layers instead of 6</source>
        <translation>레이어 6개 대신 4개로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 48 bands instead of 62</source>
        <translation>대역 62개 대신 48개로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 32 bands instead of 62</source>
        <translation>대역 62개 대신 32개로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by gradient checkpointing</source>
        <translation>그래디언트 체크포인팅으로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by bf16 instead of fp32</source>
        <translation>fp32 대신 bf16으로 아끼는 메모리</translation>
    </message>
    <message>
        <source>device memory saved by 2 workers with a prefetch factor of 2</source>
        <translation>워커 2개와 prefetch_factor 2로 아끼는 장치 메모리</translation>
    </message>
    <message>
        <source>extra computation of gradient checkpointing</source>
        <translation>그래디언트 체크포인팅으로 늘어나는 연산</translation>
    </message>
    <message>
        <source>attention operators that Flash Attention could speed up</source>
        <translation>Flash Attention으로 빨라질 수 있는 어텐션 연산</translation>
    </message>
    <message>
        <source>cSDR of the original configuration, from the paper</source>
        <translation>원래 구성의 cSDR, 논문 기준</translation>
    </message>
    <message>
        <source>cSDR expected of the reduced configuration</source>
        <translation>줄인 구성에서 기대하는 cSDR</translation>
    </message>
</context>
</TS>
