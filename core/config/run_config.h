#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace headroom {

/// Which songs are validated on; the test split is never used.
using ValidationSplit =
    std::variant<std::string, ///< "musdb18": the songs of valid/, or without one MUSDB18's 14 of train/
                 double,      ///< this share of train/, chosen by the seed, in (0, 1)
                 std::vector<std::string>>; ///< these songs of train/ or valid/

struct AudioConfig {
    int sampleRate = 44100;     ///< Hz; songs of another rate are resampled
    int channels = 2;           ///< 1 or 2
    int nFft = 2048;            ///< STFT window and transform length, samples
    int hopLength = 441;        ///< STFT hop, samples
    double segmentLength = 8.0; ///< training chunk, seconds

    bool operator==(const AudioConfig&) const = default;
};

struct ModelConfig {
    int hiddenDim = 256;
    int numLayers = 6;
    int numSubbands = 62;
    int dState = 128;
    int dConv = 4;
    int expand = 4;
    int headdim = 64;
    bool useGradientCheckpointing = false; ///< recompute all dual-path layers in backward
    int recomputeLayers = 0;               ///< recompute the first of them; without useGradientCheckpointing
    int recomputeSlices = 0;               ///< slices that recomputed rows are cut into; 0: automatic
    bool offload = false;                  ///< keep the inputs of recomputed layers in host memory
    std::vector<int> freqsPerBands; ///< explicit band widths in bins; empty: by the rule for numSubbands

    bool operator==(const ModelConfig&) const = default;
};

enum class Precision { Fp32, Bf16 };
enum class OptimizerKind { AdamW, Sgd, Adafactor };
/// How the waveform's error is measured: its mean modulus, which a few large errors hardly change, or its
/// root mean square in each channel of each chunk, which is what an SDR measures.
enum class TimeError { MeanModulus, RootMeanSquare };
enum class FileErrorPolicy { Fail, Skip };

/// A *step* is one batch through forward and backward; an *update* is the optimizer's, once every
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
    std::string initFrom; ///< weights to start from; empty: none
    int saveEveryNEpochs = 1;
    double saveEveryNMinutes = 10;
    int keepLastNCheckpoints = 3;
    int validateEveryNEpochs = 1;
    OptimizerKind optimizer = OptimizerKind::AdamW;
    double weightDecay = 0.01;
    double momentum = 0.9;      ///< SGD only
    int warmupSteps = 0;        ///< updates over which the learning rate rises linearly from 0
    int plateauPatience = 0;    ///< validations without a better score before the rate falls; 0: never
    double plateauFactor = 0.5; ///< what the rate is multiplied by then
    double decayTo = 1;         ///< share of the rate that is left at the end of numEpochs; 1: no decay
    int nonFiniteLimit = 20;    ///< skipped updates in all before the run stops

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
    std::string root; ///< folder with train/ and test/, perhaps valid/
    std::vector<std::string> targets = {"vocals"};
    std::vector<std::string> stems; ///< the mixture is their sum; empty: all that a song has
    ValidationSplit validation = std::string("musdb18");
    std::vector<std::string> exclude;  ///< songs of train/ that are left out
    double randomMixProbability = 0.5; ///< share of examples whose stems come from different songs
    double stemDropout = 0;            ///< probability that a stem of such an example is silenced
    double activityWindow =
        0;                ///< seconds; examples are drawn from windows in which the stem sounds; 0: anywhere
    double gainMin = 0.5; ///< per-stem amplitude gain, drawn uniformly
    double gainMax = 1.5;
    int pitchShift = 0;                  ///< largest change of pitch and speed, semitones
    double channelSwapProbability = 0;   ///< share of the chunks that have left and right exchanged
    double stereoSpread = 0;             ///< how far a stem's place between the speakers is changed, [0, 1]
    double shelfGain = 0;                ///< largest boost or cut of a stem's highs, dB
    double silentChunkProbability = 0.1; ///< probability that a chunk with a silent target is kept
    FileErrorPolicy fileErrors = FileErrorPolicy::Fail;

    bool operator==(const DataConfig&) const = default;
};

struct SeparationConfig {
    double overlap = 0.5;      ///< share of a chunk that the next one covers again, in [0, 0.9]
    double chunkSeconds = 8.0; ///< seconds the model sees at once

    bool operator==(const SeparationConfig&) const = default;
};

/// Everything a run depends on. The model, loss and optimizer are the paper's by default; configs/paper.yaml
/// adds its schedule and data. A new field's default must leave runs as they were whose config.yaml lacks it.
/// knob_table.h names, bounds and explains every field.
struct RunConfig {
    AudioConfig audio;
    ModelConfig model;
    TrainingConfig training;
    LossConfig loss;
    DataConfig data;
    SeparationConfig separation;

    bool operator==(const RunConfig&) const = default;
};

} // namespace headroom
