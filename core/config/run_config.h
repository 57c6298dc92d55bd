// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace headroom {

/// The songs used for validation. The test split is never used.
using ValidationSplit =
    std::variant<std::string, ///< "musdb18": the songs of valid/, otherwise MUSDB18's 14 in train/
                 double,      ///< this fraction of train/, drawn with the seed, in (0, 1)
                 std::vector<std::string>>; ///< these songs of train/ or valid/

struct AudioConfig {
    int sampleRate = 44100;     ///< Hz; songs at other rates are resampled
    int channels = 2;           ///< 1 or 2
    int nFft = 2048;            ///< STFT window and transform length, samples
    int hopLength = 441;        ///< STFT hop, samples
    double segmentLength = 8.0; ///< training segment, seconds
    /// Largest fraction by which the segments of an update are shorter, at random; in [0, 0.9].
    double segmentShortening = 0;

    bool operator==(const AudioConfig&) const = default;
};

/// What a Mamba2 mixer keeps for its backward pass, in ascending order; it recomputes the rest.
enum class Kept {
    Input,
    Projected, ///< also its input after in_proj
    Convolved, ///< also B and C after the causal convolution, and the time steps
    Scanned,   ///< also the result of the scan and its states: nothing is recomputed
};

/// What computes the mixers: our kernels where the device and the sizes allow it, or LibTorch's operators.
enum class Kernels { Auto, Operators };

/// The band-split models: what mixes the tokens, and how the bands are laid out.
enum class ModelKind {
    BsMamba2,        ///< Mamba2 along time and along bands
    BsRoformer,      ///< attention with rotary positions
    MelBandRoformer, ///< attention with rotary positions; overlapping bands on the mel scale
};

/// Some options belong to some kinds only; see Option::kinds. Those of other kinds keep their defaults.
struct ModelConfig {
    ModelKind kind = ModelKind::BsMamba2;
    int hiddenDim = 256;
    int numLayers = 6;
    int numSubbands = 62;
    int dState = 128;
    int dConv = 4;
    int expand = 4;
    int headdim = 64;
    bool useGradientCheckpointing = false; ///< recompute all dual-path layers in the backward pass
    int recomputeLayers = 0; ///< number of layers to recompute if useGradientCheckpointing is false
    int recomputeSlices = 0; ///< slices that recomputed layers are processed in; 0: automatic
    bool offload = false;    ///< keep the inputs of recomputed layers in host memory
    Kept keptActivations = Kept::Input; ///< by the mixers of layers that do not recompute
    int keptLayers = 24;                ///< number of layers, the last ones, that keep keptActivations
    std::vector<int> freqsPerBands;     ///< explicit band widths in bins; empty: derived from numSubbands
    Kernels kernels = Kernels::Auto;
    int numBands = 60;              ///< bands on the mel scale, which overlap
    int heads = 8;                  ///< of an attention
    int dimHead = 64;               ///< features per head of an attention
    int timeTransformerDepth = 1;   ///< blocks along time in each layer
    int freqTransformerDepth = 1;   ///< blocks along bands in each layer
    int linearTransformerDepth = 0; ///< blocks of linear attention before them
    double attnDropout = 0;
    double ffDropout = 0;
    int maskLayers = 2;         ///< linear layers of a mask estimator
    int mlpExpansionFactor = 4; ///< hidden width of a mask estimator as a multiple of hiddenDim
    int winLength = 0;          ///< STFT window, samples; 0: audio.nFft
    bool stftNormalized = false;
    bool zeroDc = false;         ///< silence the lowest bin of the estimates
    bool skipConnection = false; ///< add the outputs of all earlier layers to the input of a layer
    bool usePope = false;        ///< polar instead of rotary positions

    bool operator==(const ModelConfig&) const = default;
};

enum class Precision { Fp32, Bf16 };
enum class OptimizerKind { AdamW, Sgd, Adafactor };
/// Measure of the waveform error: the mean absolute error, which is robust to a few large errors, or the root
/// mean square of each channel of each segment, which SDR is based on.
enum class TimeError { MeanModulus, RootMeanSquare };
enum class FileErrorPolicy { Fail, Skip };
/// Songs whose files differ in length by more than 0.1 s.
enum class LengthMismatch { Refuse, Trim, Pad };
/// Songs that lack stems: refused, or their stems are used in random mixes only.
enum class IncompleteSongs { Refuse, Mix };
/// The input of a training segment: the sum of the stems, or the song's mixture file.
enum class MixtureSource { Sum, File };
/// A score of an estimate. Of every one, a higher value is better. core/values/metric.h defines them.
enum class Metric { CSdr, USdr, SiSdr, LogWmse, L1Frequency, Bleedless, Fullness };

/// A *step* is the forward and backward pass of one batch. An *update* is an optimizer update, after every
/// gradientAccumulationSteps steps and at the end of an epoch.
struct TrainingConfig {
    int batchSize = 5;
    int gradientAccumulationSteps = 6;
    double learningRate = 5e-4;
    int numEpochs = 100;
    int stepsPerEpoch = 6000;
    Precision precision = Precision::Bf16;
    int numWorkers = 4;
    int prefetchFactor = 2;
    double gradClip = 3.0;   ///< 2-norm over all parameters; 0: no clipping
    double emaDecay = 0.999; ///< 0: no EMA
    std::int64_t seed = 0;
    std::string outputDir = "runs";
    std::string initFrom;            ///< weights to start from; empty: random
    int loraRank = 0;                ///< of the adapters that are trained instead of the weights; 0: none
    std::vector<std::string> freeze; ///< prefixes of parameters that are not trained
    int saveEveryNEpochs = 1;
    double saveEveryNMinutes = 10;
    int keepLastNCheckpoints = 3;
    int validateEveryNEpochs = 1;
    Metric bestMetric = Metric::CSdr; ///< chooses the best checkpoint, and finds plateaus
    std::vector<std::string> metrics; ///< further metrics of a validation; see metricKeys()
    double auditionSeconds = 0;       ///< of a song, separated and kept after each validation; 0: none
    std::string auditionSong;         ///< a validation song; empty: the first
    OptimizerKind optimizer = OptimizerKind::AdamW;
    double weightDecay = 0.01;
    double momentum = 0.9;      ///< SGD only
    int warmupSteps = 0;        ///< updates over which the learning rate rises linearly from 0
    int plateauPatience = 0;    ///< validations without a better score before the rate is reduced; 0: never
    double plateauFactor = 0.5; ///< factor applied to the rate then
    double decayTo = 1;         ///< fraction of the rate at the end of numEpochs; 1: no decay
    int nonFiniteLimit = 20;    ///< total of skipped updates at which the run stops
    int earlyStopPatience = 0;  ///< validations without a better score before the run ends; 0: never

    bool operator==(const TrainingConfig&) const = default;
};

struct LossConfig {
    double lambdaTime = 10.0;
    TimeError timeError = TimeError::MeanModulus;
    std::vector<int> stftWindows = {4096, 2048, 1024, 512, 256};
    int stftHop = 147;

    bool operator==(const LossConfig&) const = default;
};

struct DataConfig {
    std::string root;                   ///< folder of songs, or a table of their files (findSongFolders)
    std::vector<std::string> moreRoots; ///< further data sets, whose songs are added
    std::vector<std::string> targets = {"vocals"};
    std::vector<std::string> stems; ///< the mixture is their sum; empty: all stems of a song
    ValidationSplit validation = std::string("musdb18");
    MixtureSource mixture = MixtureSource::Sum;
    std::vector<std::string> exclude;  ///< songs of train/ to leave out
    double randomMixProbability = 0.5; ///< fraction of segments whose stems come from different songs
    double stemDropout = 0;            ///< probability that a stem of such a segment is silenced
    /// Seconds; segments are drawn from windows of this length in which the stem is active; 0: from anywhere.
    double activityWindow = 0;
    double gainMin = 0.5; ///< amplitude gain per stem, drawn uniformly
    double gainMax = 1.5;
    int pitchShift = 0;                  ///< largest shift of pitch and speed, semitones
    double channelSwapProbability = 0;   ///< fraction of stems with left and right swapped
    double stereoSpread = 0;             ///< random change of a stem's width and balance, [0, 1]
    double shelfGain = 0;                ///< largest boost or cut of a stem's high frequencies, dB
    double polarityProbability = 0;      ///< fraction of stems with inverted polarity
    double mixupProbability = 0;         ///< fraction of stems averaged with another segment of the same stem
    double equalizerProbability = 0;     ///< fraction of stems that a random equalizer changes
    double equalizerGain = 9;            ///< its largest boost or cut of a band, dB
    double silentChunkProbability = 0.1; ///< probability that a segment with a silent target is kept
    /// Fraction of stems whose pitch is shifted by pitchMin to pitchMax semitones while their tempo stays;
    /// only of pitchStems, unless that is empty.
    double pitchProbability = 0;
    double pitchMin = -2;
    double pitchMax = 2;
    std::vector<std::string> pitchStems;
    /// The same for a tempo of stretchMin to stretchMax times the usual while the pitch stays.
    double stretchProbability = 0;
    double stretchMin = 0.8;
    double stretchMax = 1.25;
    std::vector<std::string> stretchStems;
    LengthMismatch lengthMismatch = LengthMismatch::Refuse;
    IncompleteSongs incompleteSongs = IncompleteSongs::Refuse;
    FileErrorPolicy fileErrors = FileErrorPolicy::Fail;

    bool operator==(const DataConfig&) const = default;
};

struct SeparationConfig {
    double overlap = 0.5;      ///< overlap of consecutive segments, as a fraction, in [0, 0.9]
    double chunkSeconds = 8.0; ///< segment length, seconds
    int batchSize = 0;         ///< segments that are separated together; 0: as many as fit a card
    bool testTimeAugmentation = false;

    bool operator==(const SeparationConfig&) const = default;
};

struct MemoryConfig {
    double reserve = 0; ///< GiB of a card that a run leaves free, besides what other programs use

    bool operator==(const MemoryConfig&) const = default;
};

/// The complete configuration of a run. The defaults are the model, loss and optimizer of the paper;
/// configs/paper.yaml adds its schedule and data. The default of a new field must not change existing runs,
/// whose config.yaml lacks it. option_table.h names, bounds and describes every field.
struct RunConfig {
    AudioConfig audio;
    ModelConfig model;
    TrainingConfig training;
    LossConfig loss;
    DataConfig data;
    SeparationConfig separation;
    MemoryConfig memory;

    bool operator==(const RunConfig&) const = default;
};

} // namespace headroom
