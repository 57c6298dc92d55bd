<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
<context>
    <name>Option</name>
    <message>
        <source>Rate the model works at; songs of another rate are resampled</source>
        <translation>모델이 작동하는 샘플레이트. 다른 곡은 이 값으로 리샘플링합니다</translation>
    </message>
    <message>
        <source>Channels the model works on: 1 for mono, 2 for stereo</source>
        <translation>모델이 다루는 채널 수. 1은 모노, 2는 스테레오</translation>
    </message>
    <message>
        <source>Length of the STFT&apos;s window and transform; other than 2048 it needs model.freqs_per_bands</source>
        <translation>STFT 창과 변환의 길이. 2048이 아니면 model.freqs_per_bands가 필요합니다</translation>
    </message>
    <message>
        <source>Distance between STFT frames, at most half of n_fft; smaller means more frames</source>
        <translation>STFT 프레임 사이의 간격, n_fft의 절반까지. 작을수록 프레임이 많아집니다</translation>
    </message>
    <message>
        <source>Length of one training chunk</source>
        <translation>학습 청크 하나의 길이</translation>
    </message>
    <message>
        <source>Features per band and frame; times expand, a multiple of headdim</source>
        <translation>대역과 프레임마다의 특징 수. expand를 곱하면 headdim의 배수여야 합니다</translation>
    </message>
    <message>
        <source>Dual-path layers, each along time and along bands</source>
        <translation>이중 경로 층의 수. 층마다 시간 방향과 대역 방향을 지납니다</translation>
    </message>
    <message>
        <source>Bands the spectrum is cut into; where freqs_per_bands is given, that decides, and this stays 62 or is the number of its widths</source>
        <translation>스펙트럼을 나누는 대역의 수. freqs_per_bands를 주었으면 그것이 정하며, 이 값은 62로 두거나 그 너비의 개수로 합니다</translation>
    </message>
    <message>
        <source>State size of the Mamba2 mixers</source>
        <translation>Mamba2 믹서의 상태 크기</translation>
    </message>
    <message>
        <source>Width of the causal convolution in the Mamba2 mixers</source>
        <translation>Mamba2 믹서 안 인과 합성곱의 너비</translation>
    </message>
    <message>
        <source>Width inside a Mamba2 mixer as a multiple of hidden_dim</source>
        <translation>Mamba2 믹서 내부의 너비, hidden_dim의 배수</translation>
    </message>
    <message>
        <source>Features per head of a Mamba2 mixer</source>
        <translation>Mamba2 믹서 헤드 하나의 특징 수</translation>
    </message>
    <message>
        <source>Keep only the inputs of the dual-path layers and compute the rest again in the backward pass</source>
        <translation>이중 경로 층의 입력만 남기고 나머지는 역전파에서 다시 계산합니다</translation>
    </message>
    <message>
        <source>How many of the first dual-path layers to do that with where use_gradient_checkpointing is false; num_layers or more: all</source>
        <translation>use_gradient_checkpointing이 꺼져 있을 때 앞에서부터 몇 개의 이중 경로 층을 그렇게 할지. num_layers 이상이면 모두</translation>
    </message>
    <message>
        <source>Slices that recomputed layers are computed in, one after the other: more need less memory at once; 0: so many that each has about 8,000 tokens</source>
        <translation>다시 계산하는 층을 차례로 나누어 계산하는 조각 수. 많을수록 한 번에 드는 메모리가 줄어듭니다. 0이면 조각마다 토큰 약 8,000개가 되도록 정합니다</translation>
    </message>
    <message>
        <source>Keep the inputs of recomputed layers in the computer&apos;s memory instead of the card&apos;s</source>
        <translation>다시 계산하는 층의 입력을 카드 대신 컴퓨터의 메모리에 둡니다</translation>
    </message>
    <message>
        <source>Width of each band from low to high, n_fft / 2 + 1 in all; empty: by the rule for num_subbands</source>
        <translation>낮은 쪽부터 높은 쪽까지 각 대역의 너비, 모두 n_fft / 2 + 1. 비우면 num_subbands의 규칙을 따릅니다</translation>
    </message>
    <message>
        <source>Chunks in one step</source>
        <translation>한 스텝의 청크 수</translation>
    </message>
    <message>
        <source>Steps whose gradients are averaged into one update; batch_size times this is the effective batch</source>
        <translation>그래디언트를 평균하여 한 번 업데이트하는 스텝 수. batch_size와 곱하면 유효 배치입니다</translation>
    </message>
    <message>
        <source>Step size of the optimizer, after the warm-up and before any decay</source>
        <translation>옵티마이저의 보폭. 워밍업 뒤, 감쇠 전의 값입니다</translation>
    </message>
    <message>
        <source>Epochs of the whole run</source>
        <translation>실행 전체의 에폭 수</translation>
    </message>
    <message>
        <source>Steps in one epoch; a shorter last group of accumulated steps is an update of its own</source>
        <translation>한 에폭의 스텝 수. 누적이 덜 찬 마지막 묶음은 따로 업데이트합니다</translation>
    </message>
    <message>
        <source>Type of the activations and matrix products; weights, scan states, STFT and loss stay fp32</source>
        <translation>활성값과 행렬 곱의 자료형. 가중치, 스캔 상태, STFT, 손실은 fp32로 둡니다</translation>
    </message>
    <message>
        <source>Threads that load songs; 0 loads them between the steps</source>
        <translation>곡을 읽는 스레드 수. 0이면 스텝 사이에 읽습니다</translation>
    </message>
    <message>
        <source>Batches that each loading thread keeps ready</source>
        <translation>읽는 스레드마다 미리 준비해 두는 배치 수</translation>
    </message>
    <message>
        <source>Largest 2-norm of the gradient over all parameters; 0: no clipping</source>
        <translation>모든 파라미터에 대한 그래디언트 2-노름의 최댓값. 0이면 자르지 않습니다</translation>
    </message>
    <message>
        <source>Decay of the moving average of the weights that is validated and published; 0: none</source>
        <translation>검증하고 내보내는 가중치 이동 평균의 감쇠. 0이면 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Decides the initial weights, the chunks drawn and the validation songs</source>
        <translation>초기 가중치, 뽑히는 청크, 검증 곡을 정합니다</translation>
    </message>
    <message>
        <source>Folder that a new run folder is made in where none is named</source>
        <translation>폴더를 지정하지 않았을 때 새 실행 폴더를 만드는 곳</translation>
    </message>
    <message>
        <source>Weights file that a new run starts from; empty: random weights</source>
        <translation>새 실행이 시작하는 가중치 파일. 비우면 무작위 가중치</translation>
    </message>
    <message>
        <source>Epochs between checkpoints</source>
        <translation>체크포인트 사이의 에폭 수</translation>
    </message>
    <message>
        <source>Minutes between checkpoints, which is what a crash costs at most; 0: not by the clock</source>
        <translation>체크포인트 사이의 분. 갑자기 꺼져도 잃는 것은 많아야 이만큼입니다. 0이면 시계로는 저장하지 않습니다</translation>
    </message>
    <message>
        <source>Checkpoints that are kept besides the best</source>
        <translation>최고 성적 말고 남겨 두는 체크포인트 수</translation>
    </message>
    <message>
        <source>Epochs between validations</source>
        <translation>검증 사이의 에폭 수</translation>
    </message>
    <message>
        <source>How gradients change the weights; adamw keeps two values for each parameter, sgd one, adafactor nearly none</source>
        <translation>그래디언트가 가중치를 바꾸는 방법. adamw는 파라미터마다 값 둘, sgd는 하나를 두고 adafactor는 거의 두지 않습니다</translation>
    </message>
    <message>
        <source>Share of the weights, times the learning rate, that an update takes away</source>
        <translation>업데이트 때마다 줄어드는 가중치의 비율. 학습률을 곱합니다</translation>
    </message>
    <message>
        <source>Momentum of sgd</source>
        <translation>sgd의 모멘텀</translation>
    </message>
    <message>
        <source>Updates over which the learning rate rises from 0</source>
        <translation>학습률이 0에서 올라가는 동안의 업데이트 수</translation>
    </message>
    <message>
        <source>Validations without a better score before the learning rate falls; 0: it never does</source>
        <translation>점수가 나아지지 않아 학습률을 낮추기까지의 검증 수. 0이면 낮추지 않습니다</translation>
    </message>
    <message>
        <source>What the learning rate is multiplied by when it falls</source>
        <translation>학습률을 낮출 때 곱하는 값</translation>
    </message>
    <message>
        <source>Share of the learning rate that is left at the end of num_epochs, to which it falls evenly; 1: it does not fall</source>
        <translation>num_epochs 끝에 남는 학습률의 비율. 거기까지 고르게 낮아집니다. 1이면 낮아지지 않습니다</translation>
    </message>
    <message>
        <source>Updates skipped because of numbers that are not finite before the run stops</source>
        <translation>유한하지 않은 수 때문에 건너뛴 업데이트가 이만큼이면 실행을 멈춥니다</translation>
    </message>
    <message>
        <source>Weight of the waveform&apos;s error beside the spectrograms&apos;</source>
        <translation>스펙트로그램 오차에 견준 파형 오차의 가중치</translation>
    </message>
    <message>
        <source>How the waveform&apos;s error is measured; l1 by its mean modulus, rms by its root mean square, as an SDR does</source>
        <translation>파형 오차를 재는 방법. l1은 절댓값의 평균, rms는 SDR처럼 제곱 평균의 제곱근</translation>
    </message>
    <message>
        <source>Windows of the spectrograms whose errors are added; empty: the waveform alone</source>
        <translation>오차를 더하는 스펙트로그램의 창 길이들. 비우면 파형만 씁니다</translation>
    </message>
    <message>
        <source>Distance between the frames of those spectrograms</source>
        <translation>그 스펙트로그램 프레임 사이의 간격</translation>
    </message>
    <message>
        <source>Folder of the songs, with train/ and test/ and perhaps valid/; --data names it too</source>
        <translation>train/과 test/, 있으면 valid/가 들어 있는 곡 폴더. --data로도 지정합니다</translation>
    </message>
    <message>
        <source>Stems that the model learns to separate</source>
        <translation>모델이 분리하도록 배우는 스템</translation>
    </message>
    <message>
        <source>Songs that are judged, not trained on: musdb18 for those of valid/ or, without that folder, the 14 of MUSDB18 in train/; a share of train/, drawn by the seed; or a list of names from either folder</source>
        <translation>학습하지 않고 평가에만 쓰는 곡. musdb18: valid/의 곡, 그 폴더가 없으면 train/에 있는 MUSDB18의 14곡. 또는 시드로 뽑는 train/의 비율, 또는 두 폴더의 곡 이름 목록</translation>
    </message>
    <message>
        <source>Songs of train/ that are left out: neither trained on nor judged</source>
        <translation>학습에도 평가에도 쓰지 않는 train/의 곡</translation>
    </message>
    <message>
        <source>Share of the chunks whose stems come from different songs</source>
        <translation>스템이 서로 다른 곡에서 오는 청크의 비율</translation>
    </message>
    <message>
        <source>Smallest factor that a stem&apos;s loudness is changed by</source>
        <translation>스템의 음량을 바꾸는 가장 작은 배율</translation>
    </message>
    <message>
        <source>Largest factor that a stem&apos;s loudness is changed by</source>
        <translation>스템의 음량을 바꾸는 가장 큰 배율</translation>
    </message>
    <message>
        <source>How far each stem&apos;s width and balance between the speakers are changed; 0: not at all</source>
        <translation>각 스템의 두 스피커 사이 폭과 좌우 균형을 얼마나 바꿀지; 0: 바꾸지 않음</translation>
    </message>
    <message>
        <source>Largest boost or cut of each stem&apos;s highs, above a corner that is drawn too</source>
        <translation>각 스템의 고음을 무작위로 정한 모서리 주파수 위에서 최대로 올리거나 내리는 양</translation>
    </message>
    <message>
        <source>Largest change of a stem&apos;s pitch, up or down by whole semitones, and with it of its speed; stems of one song are changed alike</source>
        <translation>스템의 음높이를 반음 단위로 위아래로 바꾸는 최대폭. 빠르기도 함께 바뀌며, 한 곡의 스템은 똑같이 바뀝니다</translation>
    </message>
    <message>
        <source>Share of the stems that have left and right exchanged; those of one song are changed alike</source>
        <translation>왼쪽과 오른쪽을 맞바꾸는 스템의 비율. 한 곡의 스템은 똑같이 바뀝니다</translation>
    </message>
    <message>
        <source>Share of the chunks with silent targets that are kept; those silenced by stem_dropout are always kept</source>
        <translation>분리 대상이 무음인 구간을 남기는 비율. stem_dropout으로 무음이 된 구간은 항상 남깁니다</translation>
    </message>
    <message>
        <source>What a file that cannot be read does: end the run, or leave its song out with a notice</source>
        <translation>읽을 수 없는 파일이 있을 때: 실행을 끝낼지, 알림과 함께 그 곡을 뺄지</translation>
    </message>
    <message>
        <source>Share of a chunk that the next one covers again when whole songs are separated</source>
        <translation>곡 전체를 분리할 때 다음 청크가 다시 덮는 비율</translation>
    </message>
    <message>
        <source>Length of the chunks that whole songs are separated in</source>
        <translation>곡 전체를 분리할 때 청크의 길이</translation>
    </message>
    <message>
        <source>Stems that add up to the mixture, the targets among them; other files are ignored; empty: all that a song has, and a song with a file that is the sum of others is refused</source>
        <translation>더하면 믹스가 되는 스템들. 분리 대상도 여기에 들어 있어야 하며 나머지 파일은 무시됩니다. 비워 두면 곡의 모든 파일을 쓰고, 다른 파일들의 합인 파일이 있는 곡은 거부합니다</translation>
    </message>
    <message>
        <source>Probability that a stem is silenced, targets too, in a chunk whose stems come from different songs</source>
        <translation>서로 다른 곡에서 온 스템으로 만든 구간에서 각 스템(분리 대상 포함)을 무음으로 바꿀 확률</translation>
    </message>
    <message>
        <source>Length of the windows that chunks are drawn from: those, half a window apart, in which the stem is above -60 dBFS more than half of the time; 0: chunks come from anywhere</source>
        <translation>학습 구간을 뽑는 창의 길이. 반씩 겹치는 창 가운데 스템이 절반 넘는 시간 동안 -60 dBFS보다 큰 창에서만 뽑습니다. 0: 아무 데서나 뽑습니다</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>parameters of the model to start with</source>
        <translation>처음 모델의 매개변수 수</translation>
    </message>
    <message>
        <source>parameters of the smaller model</source>
        <translation>작은 모델의 매개변수 수</translation>
    </message>
    <message>
        <source>frames of 8 s</source>
        <translation>8초의 프레임 수</translation>
    </message>
    <message>
        <source>frames of 4 s</source>
        <translation>4초의 프레임 수</translation>
    </message>
    <message>
        <source>the model, before</source>
        <translation>모델, 이전</translation>
    </message>
    <message>
        <source>the optimizer, before</source>
        <translation>옵티마이저, 이전</translation>
    </message>
    <message>
        <source>activations at the peak, before</source>
        <translation>최고점의 활성값, 이전</translation>
    </message>
    <message>
        <source>of the card in all, before</source>
        <translation>카드에서 차지하는 전체, 이전</translation>
    </message>
    <message>
        <source>the model, after</source>
        <translation>모델, 이후</translation>
    </message>
    <message>
        <source>the optimizer, after</source>
        <translation>옵티마이저, 이후</translation>
    </message>
    <message>
        <source>activations for the moment, at the peak, after</source>
        <translation>최고점의 일시적인 활성값, 이후</translation>
    </message>
    <message>
        <source>checkpoints to compute them from, at the peak, after</source>
        <translation>최고점의 재계산용 체크포인트, 이후</translation>
    </message>
    <message>
        <source>of the card in all, after</source>
        <translation>카드에서 차지하는 전체, 이후</translation>
    </message>
    <message>
        <source>what a card of 32 GB has</source>
        <translation>32 GB 카드의 실제 용량</translation>
    </message>
    <message>
        <source>memory saved by a batch of 2 instead of 5</source>
        <translation>배치 5 대신 2로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by a batch of 1 instead of 5</source>
        <translation>배치 5 대신 1로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by segments of 4 s instead of 8</source>
        <translation>8초 대신 4초 구간으로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by segments of 2 s instead of 8</source>
        <translation>8초 대신 2초 구간으로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by a width of 192 instead of 256</source>
        <translation>너비 256 대신 192로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by a width of 128 instead of 256</source>
        <translation>너비 256 대신 128로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 4 layers instead of 6</source>
        <translation>6층 대신 4층으로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 48 bands instead of 62</source>
        <translation>밴드 62개 대신 48개로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by 32 bands instead of 62</source>
        <translation>밴드 62개 대신 32개로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by computing the layers twice</source>
        <translation>층을 두 번 계산해 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory saved by bf16 instead of fp32</source>
        <translation>fp32 대신 bf16으로 아끼는 메모리</translation>
    </message>
    <message>
        <source>memory of the card saved by 2 workers that each fetch 2 ahead</source>
        <translation>작업자 2개가 2개씩 미리 읽어 아끼는 카드 메모리</translation>
    </message>
    <message>
        <source>work that computing the layers twice adds</source>
        <translation>층을 두 번 계산해 늘어나는 연산</translation>
    </message>
    <message>
        <source>attention operators that Flash Attention could speed up</source>
        <translation>Flash Attention으로 빨라질 수 있는 어텐션 연산</translation>
    </message>
    <message>
        <source>cSDR of the paper&apos;s setting</source>
        <translation>논문 설정의 cSDR</translation>
    </message>
    <message>
        <source>cSDR expected of the smaller one</source>
        <translation>작은 설정에서 기대하는 cSDR</translation>
    </message>
</context>
</TS>
