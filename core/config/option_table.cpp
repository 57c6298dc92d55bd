#include "core/config/option_table.h"

#include "core/config/option_access.h"

#include <iterator>

namespace headroom {
namespace {

constexpr auto nextStep = TakesEffect::NextStep;
constexpr auto nextStart = TakesEffect::NextStart;
constexpr auto newRun = TakesEffect::NewRun;

constexpr Affects nothing{};
constexpr Affects speed{.speed = true};
constexpr Affects quality{.quality = true};
constexpr Affects memorySpeed{.memory = true, .speed = true};
constexpr Affects speedQuality{.speed = true, .quality = true};
constexpr Affects all{.memory = true, .speed = true, .quality = true};

struct Range {
    double min;
    double max;
    double step;
    std::string unit = {};
};

/// The knobs of one section of RunConfig, one call each.
template <typename Section>
class SectionOptions {
public:
    SectionOptions(std::string name, Section RunConfig::*section)
        : name_(std::move(name)), section_(section) {}

    template <typename Field>
    void number(Field Section::*field, const std::string& name, const Range& range, Affects affects,
                TakesEffect effect, std::string description, std::string guide = {}) {
        Option option = described(name, affects, effect, std::move(description), std::move(guide));
        option.unit = range.unit;
        option.min = range.min;
        option.max = range.max;
        option.step = range.step;
        options_.push_back(bindOption(std::move(option), section_, field));
    }

    template <typename Field>
    void choice(Field Section::*field, const std::string& name, std::vector<std::string> choices,
                Affects affects, TakesEffect effect, std::string description, std::string guide = {}) {
        Option option = described(name, affects, effect, std::move(description), std::move(guide));
        option.choices = std::move(choices);
        options_.push_back(bindOption(std::move(option), section_, field));
    }

    template <typename Field>
    void other(Field Section::*field, const std::string& name, Affects affects, TakesEffect effect,
               std::string description, std::string guide = {}) {
        Option option = described(name, affects, effect, std::move(description), std::move(guide));
        options_.push_back(bindOption(std::move(option), section_, field));
    }

    std::vector<Option> take() { return std::move(options_); }

private:
    Option described(const std::string& name, Affects affects, TakesEffect effect, std::string description,
                     std::string guide) const {
        Option option;
        option.key = name_ + "." + name;
        option.affects = affects;
        option.takesEffect = effect;
        option.description = std::move(description);
        option.guide = std::move(guide);
        return option;
    }

    std::string name_;
    Section RunConfig::*section_;
    std::vector<Option> options_;
};

std::vector<Option> audioOptions() {
    using Audio = AudioConfig;
    SectionOptions<Audio> options("audio", &RunConfig::audio);
    options.number(&Audio::sampleRate, "sample_rate", {8000, 192000, 50, "Hz"}, all, newRun,
                   "Rate the model works at; songs of another rate are resampled");
    options.number(&Audio::channels, "channels", {1, 2, 1}, all, newRun,
                   "Channels the model works on: 1 for mono, 2 for stereo");
    options.number(
        &Audio::nFft, "n_fft", {64, 16384, 2, "samples"}, all, newRun,
        "Length of the STFT's window and transform; other than 2048 it needs model.freqs_per_bands");
    options.number(&Audio::hopLength, "hop_length", {8, 8192, 1, "samples"}, all, newRun,
                   "Distance between STFT frames, at most half of n_fft; smaller means more frames");
    options.number(&Audio::segmentLength, "segment_length", {0.1, 60, 0.1, "s"}, all, nextStep,
                   "Length of one training chunk", "8 -> 4 -> 2");
    return options.take();
}

std::vector<Option> modelOptions() {
    using Model = ModelConfig;
    SectionOptions<Model> options("model", &RunConfig::model);
    options.number(&Model::hiddenDim, "hidden_dim", {8, 1024, 16}, all, newRun,
                   "Features per band and frame; times expand, a multiple of headdim", "256 -> 192 -> 128");
    options.number(&Model::numLayers, "num_layers", {1, 24, 1}, all, newRun,
                   "Dual-path layers, each along time and along bands", "6 -> 4");
    options.number(
        &Model::numSubbands, "num_subbands", {16, 128, 1}, all, newRun,
        "Bands the spectrum is cut into; where freqs_per_bands is given, that decides, and this stays 62 "
        "or is the number of its widths",
        "62 -> 48 -> 32");
    options.number(&Model::dState, "d_state", {1, 512, 1}, all, newRun, "State size of the Mamba2 mixers");
    options.number(&Model::dConv, "d_conv", {1, 16, 1}, speedQuality, newRun,
                   "Width of the causal convolution in the Mamba2 mixers");
    options.number(&Model::expand, "expand", {1, 8, 1}, all, newRun,
                   "Width inside a Mamba2 mixer as a multiple of hidden_dim");
    options.number(&Model::headdim, "headdim", {1, 512, 1}, all, newRun,
                   "Features per head of a Mamba2 mixer");
    options.other(
        &Model::useGradientCheckpointing, "use_gradient_checkpointing", memorySpeed, nextStep,
        "Keep only the inputs of the dual-path layers and compute the rest again in the backward pass",
        "false -> true");
    options.number(
        &Model::recomputeLayers, "recompute_layers", {0, 24, 1}, memorySpeed, nextStep,
        "How many of the first dual-path layers to do that with where use_gradient_checkpointing is "
        "false; num_layers or more: all");
    options.number(
        &Model::recomputeSlices, "recompute_slices", {0, 4096, 1}, memorySpeed, nextStep,
        "Slices that recomputed layers are computed in, one after the other: more need less memory "
        "at once; 0: so many that each has about 8,000 tokens");
    options.other(&Model::offload, "offload", memorySpeed, nextStep,
                  "Keep the inputs of recomputed layers in the computer's memory instead of the card's");
    options.number(&Model::freqsPerBands, "freqs_per_bands", {1, 8193, 1, "bins"}, all, newRun,
                   "Width of each band from low to high, n_fft / 2 + 1 in all; empty: by the rule for "
                   "num_subbands");
    return options.take();
}

void addStepOptions(SectionOptions<TrainingConfig>& options) {
    using Training = TrainingConfig;
    options.number(&Training::batchSize, "batch_size", {1, 256, 1}, all, nextStep, "Chunks in one step",
                   "5 -> 2 -> 1");
    options.number(
        &Training::gradientAccumulationSteps, "gradient_accumulation_steps", {1, 1024, 1}, speedQuality,
        nextStep,
        "Steps whose gradients are averaged into one update; batch_size times this is the effective "
        "batch",
        "6 -> 15 -> 30");
    options.number(&Training::learningRate, "learning_rate", {1e-8, 1, 1e-5}, quality, nextStep,
                   "Step size of the optimizer, after the warm-up and before any decay");
    options.number(&Training::numEpochs, "num_epochs", {1, 100000, 1}, quality, nextStart,
                   "Epochs of the whole run");
    options.number(&Training::stepsPerEpoch, "steps_per_epoch", {1, 10000000, 100}, quality, newRun,
                   "Steps in one epoch; a shorter last group of accumulated steps is an update of its own");
    options.choice(
        &Training::precision, "precision", {"fp32", "bf16"}, all, newRun,
        "Type of the activations and matrix products; weights, scan states, STFT and loss stay fp32",
        "fp32 -> bf16");
    options.number(&Training::numWorkers, "num_workers", {0, 64, 1}, speed, nextStart,
                   "Threads that load songs; 0 loads them between the steps", "4 -> 2");
    options.number(&Training::prefetchFactor, "prefetch_factor", {1, 64, 1}, speed, nextStart,
                   "Batches that each loading thread keeps ready", "2 -> 2");
    options.number(&Training::gradClip, "grad_clip", {0, 1e6, 0.1}, quality, newRun,
                   "Largest 2-norm of the gradient over all parameters; 0: no clipping");
    options.number(&Training::emaDecay, "ema_decay", {0, 0.999999, 0.001}, all, newRun,
                   "Decay of the moving average of the weights that is validated and published; 0: none");
    options.number(&Training::seed, "seed", {0, 4294967295.0, 1}, nothing, newRun,
                   "Decides the initial weights, the chunks drawn and the validation songs");
}

void addRunOptions(SectionOptions<TrainingConfig>& options) {
    using Training = TrainingConfig;
    options.other(&Training::outputDir, "output_dir", nothing, nextStart,
                  "Folder that a new run folder is made in where none is named");
    options.other(&Training::initFrom, "init_from", quality, nextStart,
                  "Weights file that a new run starts from; empty: random weights");
    options.number(&Training::saveEveryNEpochs, "save_every_n_epochs", {1, 100000, 1}, nothing, nextStep,
                   "Epochs between checkpoints");
    options.number(&Training::saveEveryNMinutes, "save_every_n_minutes", {0, 1440, 1, "min"}, nothing,
                   nextStep,
                   "Minutes between checkpoints, which is what a crash costs at most; 0: not by the clock");
    options.number(&Training::keepLastNCheckpoints, "keep_last_n_checkpoints", {1, 1000, 1}, nothing,
                   nextStep, "Checkpoints that are kept besides the best");
    options.number(&Training::validateEveryNEpochs, "validate_every_n_epochs", {1, 100000, 1}, speed,
                   nextStep, "Epochs between validations");
}

void addOptimizerOptions(SectionOptions<TrainingConfig>& options) {
    using Training = TrainingConfig;
    options.choice(&Training::optimizer, "optimizer", {"adamw", "sgd", "adafactor"}, all, newRun,
                   "How gradients change the weights; adamw keeps two values for each parameter, sgd one, "
                   "adafactor nearly none");
    options.number(&Training::weightDecay, "weight_decay", {0, 1, 0.001}, quality, newRun,
                   "Share of the weights, times the learning rate, that an update takes away");
    options.number(&Training::momentum, "momentum", {0, 0.9999, 0.01}, quality, newRun, "Momentum of sgd");
    options.number(&Training::warmupSteps, "warmup_steps", {0, 10000000, 100, "updates"}, quality, newRun,
                   "Updates over which the learning rate rises from 0");
    options.number(&Training::plateauPatience, "plateau_patience", {0, 10000, 1, "validations"}, quality,
                   newRun,
                   "Validations without a better score before the learning rate falls; 0: it never does");
    options.number(&Training::plateauFactor, "plateau_factor", {0.01, 0.99, 0.05}, quality, newRun,
                   "What the learning rate is multiplied by when it falls");
    options.number(
        &Training::decayTo, "decay_to", {0, 1, 0.05}, quality, nextStart,
        "Share of the learning rate that is left at the end of num_epochs, to which it falls evenly; "
        "1: it does not fall");
    options.number(&Training::nonFiniteLimit, "non_finite_limit", {1, 1000000, 1, "updates"}, nothing,
                   nextStart, "Updates skipped because of numbers that are not finite before the run stops");
}

std::vector<Option> trainingOptions() {
    SectionOptions<TrainingConfig> options("training", &RunConfig::training);
    addStepOptions(options);
    addRunOptions(options);
    addOptimizerOptions(options);
    return options.take();
}

std::vector<Option> lossOptions() {
    using Loss = LossConfig;
    SectionOptions<Loss> options("loss", &RunConfig::loss);
    options.number(&Loss::lambdaTime, "lambda_time", {0, 10000, 1}, quality, newRun,
                   "Weight of the waveform's error beside the spectrograms'");
    options.choice(
        &Loss::timeError, "time_error", {"l1", "rms"}, quality, newRun,
        "How the waveform's error is measured; l1 by its mean modulus, rms by its root mean square, "
        "as an SDR does");
    options.number(&Loss::stftWindows, "stft_windows", {16, 65536, 1, "samples"}, all, newRun,
                   "Windows of the spectrograms whose errors are added; empty: the waveform alone");
    options.number(&Loss::stftHop, "stft_hop", {8, 8192, 1, "samples"}, all, newRun,
                   "Distance between the frames of those spectrograms");
    return options.take();
}

std::vector<Option> dataOptions() {
    using Data = DataConfig;
    SectionOptions<Data> options("data", &RunConfig::data);
    options.other(&Data::root, "root", quality, nextStart,
                  "Folder of the songs, with train/ and test/ and perhaps valid/; --data names it too");
    options.other(&Data::targets, "targets", all, newRun, "Stems that the model learns to separate");
    options.other(
        &Data::stems, "stems", quality, nextStart,
        "Stems that add up to the mixture, the targets among them; other files are ignored; empty: all "
        "that a song has, and a song with a file that is the sum of others is refused");
    options.other(
        &Data::validation, "validation", speedQuality, newRun,
        "Songs that are judged, not trained on: musdb18 for those of valid/ or, without that folder, "
        "the 14 of MUSDB18 in train/; a share of train/, drawn by the seed; or a list of names from "
        "either folder");
    options.other(&Data::exclude, "exclude", quality, nextStart,
                  "Songs of train/ that are left out: neither trained on nor judged");
    options.number(&Data::randomMixProbability, "random_mix_probability", {0, 1, 0.05}, quality, newRun,
                   "Share of the chunks whose stems come from different songs");
    options.number(
        &Data::stemDropout, "stem_dropout", {0, 1, 0.05}, quality, newRun,
        "Probability that a stem is silenced, targets too, in a chunk whose stems come from different "
        "songs");
    options.number(
        &Data::activityWindow, "activity_window", {0, 60, 0.5, "s"}, speedQuality, newRun,
        "Length of the windows that chunks are drawn from: those, half a window apart, in which the "
        "stem is above -60 dBFS more than half of the time; 0: chunks come from anywhere");
    options.number(&Data::gainMin, "gain_min", {0.01, 10, 0.05}, quality, newRun,
                   "Smallest factor that a stem's loudness is changed by");
    options.number(&Data::gainMax, "gain_max", {0.01, 10, 0.05}, quality, newRun,
                   "Largest factor that a stem's loudness is changed by");
    options.number(
        &Data::pitchShift, "pitch_shift", {0, 12, 1, "semitones"}, speedQuality, newRun,
        "Largest change of a stem's pitch, up or down by whole semitones, and with it of its speed; stems "
        "of one song are changed alike");
    options.number(
        &Data::channelSwapProbability, "channel_swap_probability", {0, 1, 0.05}, quality, newRun,
        "Share of the stems that have left and right exchanged; those of one song are changed alike");
    options.number(&Data::stereoSpread, "stereo_spread", {0, 1, 0.05}, quality, newRun,
                   "How far each stem's width and balance between the speakers are changed; 0: not at all");
    options.number(&Data::shelfGain, "shelf_gain", {0, 24, 1, "dB"}, quality, newRun,
                   "Largest boost or cut of each stem's highs, above a corner that is drawn too");
    options.number(
        &Data::silentChunkProbability, "silent_chunk_probability", {0, 1, 0.05}, quality, newRun,
        "Share of the chunks with silent targets that are kept; those silenced by stem_dropout are "
        "always kept");
    options.choice(&Data::fileErrors, "file_errors", {"fail", "skip"}, nothing, nextStart,
                   "What a file that cannot be read does: end the run, or leave its song out with a notice");
    return options.take();
}

std::vector<Option> separationOptions() {
    using Separation = SeparationConfig;
    SectionOptions<Separation> options("separation", &RunConfig::separation);
    options.number(&Separation::overlap, "overlap", {0, 0.9, 0.05}, speedQuality, nextStart,
                   "Share of a chunk that the next one covers again when whole songs are separated");
    options.number(&Separation::chunkSeconds, "chunk_seconds", {0.1, 120, 0.5, "s"}, all, nextStart,
                   "Length of the chunks that whole songs are separated in");
    return options.take();
}

} // namespace

const std::vector<Option>& optionTable() {
    static const std::vector<Option> table = [] {
        std::vector<Option> options;
        for (auto section :
             {audioOptions, modelOptions, trainingOptions, lossOptions, dataOptions, separationOptions}) {
            auto part = section();
            std::move(part.begin(), part.end(), std::back_inserter(options));
        }
        return options;
    }();
    return table;
}

} // namespace headroom
