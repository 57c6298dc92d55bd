#include "core/config/knob_table.h"

#include "core/config/knob_access.h"

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
class SectionKnobs {
public:
    SectionKnobs(std::string name, Section RunConfig::*section) : name_(std::move(name)), section_(section) {}

    template <typename Field>
    void number(Field Section::*field, const std::string& name, const Range& range, Affects affects,
                TakesEffect effect, std::string description, std::string guide = {}) {
        Knob knob = described(name, affects, effect, std::move(description), std::move(guide));
        knob.unit = range.unit;
        knob.min = range.min;
        knob.max = range.max;
        knob.step = range.step;
        knobs_.push_back(bindKnob(std::move(knob), section_, field));
    }

    template <typename Field>
    void choice(Field Section::*field, const std::string& name, std::vector<std::string> choices,
                Affects affects, TakesEffect effect, std::string description, std::string guide = {}) {
        Knob knob = described(name, affects, effect, std::move(description), std::move(guide));
        knob.choices = std::move(choices);
        knobs_.push_back(bindKnob(std::move(knob), section_, field));
    }

    template <typename Field>
    void other(Field Section::*field, const std::string& name, Affects affects, TakesEffect effect,
               std::string description, std::string guide = {}) {
        Knob knob = described(name, affects, effect, std::move(description), std::move(guide));
        knobs_.push_back(bindKnob(std::move(knob), section_, field));
    }

    std::vector<Knob> take() { return std::move(knobs_); }

private:
    Knob described(const std::string& name, Affects affects, TakesEffect effect, std::string description,
                   std::string guide) const {
        Knob knob;
        knob.key = name_ + "." + name;
        knob.affects = affects;
        knob.takesEffect = effect;
        knob.description = std::move(description);
        knob.guide = std::move(guide);
        return knob;
    }

    std::string name_;
    Section RunConfig::*section_;
    std::vector<Knob> knobs_;
};

std::vector<Knob> audioKnobs() {
    using Audio = AudioConfig;
    SectionKnobs<Audio> knobs("audio", &RunConfig::audio);
    knobs.number(&Audio::sampleRate, "sample_rate", {8000, 192000, 50, "Hz"}, all, newRun,
                 "Rate the model works at; songs of another rate are resampled");
    knobs.number(&Audio::channels, "channels", {1, 2, 1}, all, newRun,
                 "Channels the model works on: 1 for mono, 2 for stereo");
    knobs.number(&Audio::nFft, "n_fft", {64, 16384, 2, "samples"}, all, newRun,
                 "Length of the STFT's window and transform; other than 2048 it needs model.freqs_per_bands");
    knobs.number(&Audio::hopLength, "hop_length", {8, 8192, 1, "samples"}, all, newRun,
                 "Distance between STFT frames, at most half of n_fft; smaller means more frames");
    knobs.number(&Audio::segmentLength, "segment_length", {0.1, 60, 0.1, "s"}, all, nextStep,
                 "Length of one training chunk", "8 -> 4 -> 2");
    return knobs.take();
}

std::vector<Knob> modelKnobs() {
    using Model = ModelConfig;
    SectionKnobs<Model> knobs("model", &RunConfig::model);
    knobs.number(&Model::hiddenDim, "hidden_dim", {8, 1024, 16}, all, newRun,
                 "Features per band and frame; times expand, a multiple of headdim", "256 -> 192 -> 128");
    knobs.number(&Model::numLayers, "num_layers", {1, 24, 1}, all, newRun,
                 "Dual-path layers, each along time and along bands", "6 -> 4");
    knobs.number(
        &Model::numSubbands, "num_subbands", {16, 128, 1}, all, newRun,
        "Bands the spectrum is cut into; where freqs_per_bands is given, that decides, and this stays 62 "
        "or is the number of its widths",
        "62 -> 48 -> 32");
    knobs.number(&Model::dState, "d_state", {1, 512, 1}, all, newRun, "State size of the Mamba2 mixers");
    knobs.number(&Model::dConv, "d_conv", {1, 16, 1}, speedQuality, newRun,
                 "Width of the causal convolution in the Mamba2 mixers");
    knobs.number(&Model::expand, "expand", {1, 8, 1}, all, newRun,
                 "Width inside a Mamba2 mixer as a multiple of hidden_dim");
    knobs.number(&Model::headdim, "headdim", {1, 512, 1}, all, newRun, "Features per head of a Mamba2 mixer");
    knobs.other(
        &Model::useGradientCheckpointing, "use_gradient_checkpointing", memorySpeed, nextStep,
        "Keep only the inputs of the dual-path layers and compute the rest again in the backward pass",
        "false -> true");
    knobs.number(&Model::recomputeLayers, "recompute_layers", {0, 24, 1}, memorySpeed, nextStep,
                 "How many of the first dual-path layers to do that with where use_gradient_checkpointing is "
                 "false; num_layers or more: all");
    knobs.number(&Model::recomputeSlices, "recompute_slices", {0, 4096, 1}, memorySpeed, nextStep,
                 "Slices that recomputed layers are computed in, one after the other: more need less memory "
                 "at once; 0: so many that each has about 8,000 tokens");
    knobs.other(&Model::offload, "offload", memorySpeed, nextStep,
                "Keep the inputs of recomputed layers in the computer's memory instead of the card's");
    knobs.number(&Model::freqsPerBands, "freqs_per_bands", {1, 8193, 1, "bins"}, all, newRun,
                 "Width of each band from low to high, n_fft / 2 + 1 in all; empty: by the rule for "
                 "num_subbands");
    return knobs.take();
}

void addStepKnobs(SectionKnobs<TrainingConfig>& knobs) {
    using Training = TrainingConfig;
    knobs.number(&Training::batchSize, "batch_size", {1, 256, 1}, all, nextStep, "Chunks in one step",
                 "5 -> 2 -> 1");
    knobs.number(&Training::gradientAccumulationSteps, "gradient_accumulation_steps", {1, 1024, 1},
                 speedQuality, nextStep,
                 "Steps whose gradients are averaged into one update; batch_size times this is the effective "
                 "batch",
                 "6 -> 15 -> 30");
    knobs.number(&Training::learningRate, "learning_rate", {1e-8, 1, 1e-5}, quality, nextStep,
                 "Step size of the optimizer, after the warm-up and before any decay");
    knobs.number(&Training::numEpochs, "num_epochs", {1, 100000, 1}, quality, nextStart,
                 "Epochs of the whole run");
    knobs.number(&Training::stepsPerEpoch, "steps_per_epoch", {1, 10000000, 100}, quality, newRun,
                 "Steps in one epoch; a shorter last group of accumulated steps is an update of its own");
    knobs.choice(&Training::precision, "precision", {"fp32", "bf16"}, all, newRun,
                 "Type of the activations and matrix products; weights, scan states, STFT and loss stay fp32",
                 "fp32 -> bf16");
    knobs.number(&Training::numWorkers, "num_workers", {0, 64, 1}, speed, nextStart,
                 "Threads that load songs; 0 loads them between the steps", "4 -> 2");
    knobs.number(&Training::prefetchFactor, "prefetch_factor", {1, 64, 1}, speed, nextStart,
                 "Batches that each loading thread keeps ready", "2 -> 2");
    knobs.number(&Training::gradClip, "grad_clip", {0, 1e6, 0.1}, quality, newRun,
                 "Largest 2-norm of the gradient over all parameters; 0: no clipping");
    knobs.number(&Training::emaDecay, "ema_decay", {0, 0.999999, 0.001}, all, newRun,
                 "Decay of the moving average of the weights that is validated and published; 0: none");
    knobs.number(&Training::seed, "seed", {0, 4294967295.0, 1}, nothing, newRun,
                 "Decides the initial weights, the chunks drawn and the validation songs");
}

void addRunKnobs(SectionKnobs<TrainingConfig>& knobs) {
    using Training = TrainingConfig;
    knobs.other(&Training::outputDir, "output_dir", nothing, nextStart,
                "Folder that a new run folder is made in where none is named");
    knobs.other(&Training::initFrom, "init_from", quality, nextStart,
                "Weights file that a new run starts from; empty: random weights");
    knobs.number(&Training::saveEveryNEpochs, "save_every_n_epochs", {1, 100000, 1}, nothing, nextStep,
                 "Epochs between checkpoints");
    knobs.number(&Training::saveEveryNMinutes, "save_every_n_minutes", {0, 1440, 1, "min"}, nothing, nextStep,
                 "Minutes between checkpoints, which is what a crash costs at most; 0: not by the clock");
    knobs.number(&Training::keepLastNCheckpoints, "keep_last_n_checkpoints", {1, 1000, 1}, nothing, nextStep,
                 "Checkpoints that are kept besides the best");
    knobs.number(&Training::validateEveryNEpochs, "validate_every_n_epochs", {1, 100000, 1}, speed, nextStep,
                 "Epochs between validations");
}

void addOptimizerKnobs(SectionKnobs<TrainingConfig>& knobs) {
    using Training = TrainingConfig;
    knobs.choice(&Training::optimizer, "optimizer", {"adamw", "sgd", "adafactor"}, all, newRun,
                 "How gradients change the weights; adamw keeps two values for each parameter, sgd one, "
                 "adafactor nearly none");
    knobs.number(&Training::weightDecay, "weight_decay", {0, 1, 0.001}, quality, newRun,
                 "Share of the weights, times the learning rate, that an update takes away");
    knobs.number(&Training::momentum, "momentum", {0, 0.9999, 0.01}, quality, newRun, "Momentum of sgd");
    knobs.number(&Training::warmupSteps, "warmup_steps", {0, 10000000, 100, "updates"}, quality, newRun,
                 "Updates over which the learning rate rises from 0");
    knobs.number(&Training::plateauPatience, "plateau_patience", {0, 10000, 1, "validations"}, quality,
                 newRun,
                 "Validations without a better score before the learning rate falls; 0: it never does");
    knobs.number(&Training::plateauFactor, "plateau_factor", {0.01, 0.99, 0.05}, quality, newRun,
                 "What the learning rate is multiplied by when it falls");
    knobs.number(
        &Training::decayTo, "decay_to", {0, 1, 0.05}, quality, nextStart,
        "Share of the learning rate that is left at the end of num_epochs, to which it falls evenly; "
        "1: it does not fall");
    knobs.number(&Training::nonFiniteLimit, "non_finite_limit", {1, 1000000, 1, "updates"}, nothing,
                 nextStart, "Updates skipped because of numbers that are not finite before the run stops");
}

std::vector<Knob> trainingKnobs() {
    SectionKnobs<TrainingConfig> knobs("training", &RunConfig::training);
    addStepKnobs(knobs);
    addRunKnobs(knobs);
    addOptimizerKnobs(knobs);
    return knobs.take();
}

std::vector<Knob> lossKnobs() {
    using Loss = LossConfig;
    SectionKnobs<Loss> knobs("loss", &RunConfig::loss);
    knobs.number(&Loss::lambdaTime, "lambda_time", {0, 10000, 1}, quality, newRun,
                 "Weight of the waveform's error beside the spectrograms'");
    knobs.choice(&Loss::timeError, "time_error", {"l1", "rms"}, quality, newRun,
                 "How the waveform's error is measured; l1 by its mean modulus, rms by its root mean square, "
                 "as an SDR does");
    knobs.number(&Loss::stftWindows, "stft_windows", {16, 65536, 1, "samples"}, all, newRun,
                 "Windows of the spectrograms whose errors are added; empty: the waveform alone");
    knobs.number(&Loss::stftHop, "stft_hop", {8, 8192, 1, "samples"}, all, newRun,
                 "Distance between the frames of those spectrograms");
    return knobs.take();
}

std::vector<Knob> dataKnobs() {
    using Data = DataConfig;
    SectionKnobs<Data> knobs("data", &RunConfig::data);
    knobs.other(&Data::root, "root", quality, nextStart,
                "Folder of the songs, with train/ and test/ and perhaps valid/; --data names it too");
    knobs.other(&Data::targets, "targets", all, newRun, "Stems that the model learns to separate");
    knobs.other(
        &Data::stems, "stems", quality, nextStart,
        "Stems that add up to the mixture, the targets among them; other files are ignored; empty: all "
        "that a song has, and a song with a file that is the sum of others is refused");
    knobs.other(&Data::validation, "validation", speedQuality, newRun,
                "Songs that are judged, not trained on: musdb18 for those of valid/ or, without that folder, "
                "the 14 of MUSDB18 in train/; a share of train/, drawn by the seed; or a list of names from "
                "either folder");
    knobs.other(&Data::exclude, "exclude", quality, nextStart,
                "Songs of train/ that are left out: neither trained on nor judged");
    knobs.number(&Data::randomMixProbability, "random_mix_probability", {0, 1, 0.05}, quality, newRun,
                 "Share of the chunks whose stems come from different songs");
    knobs.number(
        &Data::stemDropout, "stem_dropout", {0, 1, 0.05}, quality, newRun,
        "Probability that a stem is silenced, targets too, in a chunk whose stems come from different "
        "songs");
    knobs.number(&Data::activityWindow, "activity_window", {0, 60, 0.5, "s"}, speedQuality, newRun,
                 "Length of the windows that chunks are drawn from: those, half a window apart, in which the "
                 "stem is above -60 dBFS more than half of the time; 0: chunks come from anywhere");
    knobs.number(&Data::gainMin, "gain_min", {0.01, 10, 0.05}, quality, newRun,
                 "Smallest factor that a stem's loudness is changed by");
    knobs.number(&Data::gainMax, "gain_max", {0.01, 10, 0.05}, quality, newRun,
                 "Largest factor that a stem's loudness is changed by");
    knobs.number(
        &Data::pitchShift, "pitch_shift", {0, 12, 1, "semitones"}, speedQuality, newRun,
        "Largest change of a stem's pitch, up or down by whole semitones, and with it of its speed; stems "
        "of one song are changed alike");
    knobs.number(
        &Data::channelSwapProbability, "channel_swap_probability", {0, 1, 0.05}, quality, newRun,
        "Share of the stems that have left and right exchanged; those of one song are changed alike");
    knobs.number(&Data::stereoSpread, "stereo_spread", {0, 1, 0.05}, quality, newRun,
                 "How far each stem's width and balance between the speakers are changed; 0: not at all");
    knobs.number(&Data::shelfGain, "shelf_gain", {0, 24, 1, "dB"}, quality, newRun,
                 "Largest boost or cut of each stem's highs, above a corner that is drawn too");
    knobs.number(&Data::silentChunkProbability, "silent_chunk_probability", {0, 1, 0.05}, quality, newRun,
                 "Share of the chunks with silent targets that are kept; those silenced by stem_dropout are "
                 "always kept");
    knobs.choice(&Data::fileErrors, "file_errors", {"fail", "skip"}, nothing, nextStart,
                 "What a file that cannot be read does: end the run, or leave its song out with a notice");
    return knobs.take();
}

std::vector<Knob> separationKnobs() {
    using Separation = SeparationConfig;
    SectionKnobs<Separation> knobs("separation", &RunConfig::separation);
    knobs.number(&Separation::overlap, "overlap", {0, 0.9, 0.05}, speedQuality, nextStart,
                 "Share of a chunk that the next one covers again when whole songs are separated");
    knobs.number(&Separation::chunkSeconds, "chunk_seconds", {0.1, 120, 0.5, "s"}, all, nextStart,
                 "Length of the chunks that whole songs are separated in");
    return knobs.take();
}

} // namespace

const std::vector<Knob>& knobTable() {
    static const std::vector<Knob> table = [] {
        std::vector<Knob> knobs;
        for (auto section : {audioKnobs, modelKnobs, trainingKnobs, lossKnobs, dataKnobs, separationKnobs}) {
            auto part = section();
            std::move(part.begin(), part.end(), std::back_inserter(knobs));
        }
        return knobs;
    }();
    return table;
}

} // namespace headroom
