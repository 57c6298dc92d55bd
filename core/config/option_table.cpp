// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"

#include "core/config/metric_keys.h"
#include "core/config/model_options.h"
#include "core/config/section_options.h"

#include <iterator>

namespace headroom {
namespace {

using namespace option_table;

std::vector<Option> audioOptions() {
    using Audio = AudioConfig;
    SectionOptions<Audio> options("audio", &RunConfig::audio);
    options.number(&Audio::sampleRate, "sample_rate", {8000, 192000, 50, "Hz"}, all, newRun,
                   "Sample rate of the model; songs at other rates are resampled");
    options.number(&Audio::channels, "channels", {1, 2, 1}, all, newRun,
                   "Channels of the model: 1 for mono, 2 for stereo");
    options.number(&Audio::nFft, "n_fft", {64, 16384, 2, "samples"}, all, newRun,
                   "STFT window and transform length; values other than 2048 require model.freqs_per_bands, "
                   "except in mel_band_roformer");
    options.number(&Audio::hopLength, "hop_length", {8, 8192, 1, "samples"}, all, newRun,
                   "STFT hop, at most half of n_fft; a smaller hop gives more frames");
    options.number(&Audio::segmentLength, "segment_length", {0.1, 60, 0.1, "s"}, all, nextStep,
                   "Length of a training segment", "8 -> 4 -> 2");
    options.number(
        &Audio::segmentShortening, "segment_shortening", {0, 0.9, 0.05}, speedQuality, nextStep,
        "Largest fraction by which segments are shorter than segment_length: each update draws one "
        "of up to 16 lengths, the longest of which is segment_length; 0: all have that length");
    return options.take();
}

void addStepOptions(SectionOptions<TrainingConfig>& options) {
    using Training = TrainingConfig;
    options.number(&Training::batchSize, "batch_size", {1, 256, 1}, all, nextStep, "Segments per step",
                   "5 -> 2 -> 1");
    options.number(&Training::gradientAccumulationSteps, "gradient_accumulation_steps", {1, 1024, 1},
                   speedQuality, nextStep,
                   "Steps whose gradients are averaged for one optimizer update; batch_size times this is "
                   "the effective batch",
                   "6 -> 15 -> 30");
    options.number(&Training::learningRate, "learning_rate", {1e-8, 1, 1e-5}, quality, nextStep,
                   "Learning rate of the optimizer after warm-up and before any decay");
    options.number(&Training::numEpochs, "num_epochs", {1, 100000, 1}, quality, nextStart,
                   "Epochs in the whole run");
    options.number(&Training::stepsPerEpoch, "steps_per_epoch", {1, 10000000, 100}, quality, newRun,
                   "Steps per epoch; steps left over from gradient accumulation at the end of an epoch form "
                   "a smaller update");
    options.choice(
        &Training::precision, "precision", {"fp32", "bf16"}, all, newRun,
        "Data type of activations and matrix products; weights, scan states, STFT and loss stay fp32",
        "fp32 -> bf16");
    options.number(&Training::numWorkers, "num_workers", {0, 64, 1}, speed, nextStart,
                   "Threads that load songs; 0: load between steps", "4 -> 2");
    options.number(&Training::prefetchFactor, "prefetch_factor", {1, 64, 1}, speed, nextStart,
                   "Batches that each loading thread prepares in advance", "2 -> 2");
    options.number(&Training::gradClip, "grad_clip", {0, 1e6, 0.1}, quality, newRun,
                   "Maximum gradient norm, the 2-norm over all parameters; 0: no clipping");
    options.number(&Training::emaDecay, "ema_decay", {0, 0.999999, 0.001}, all, newRun,
                   "Decay of the exponential moving average (EMA) of the weights, which is validated and "
                   "published; 0: no EMA");
    options.number(
        &Training::seed, "seed", {0, 4294967295.0, 1}, nothing, newRun,
        "Random seed for the initial weights, the training segments and the choice of validation songs");
}

void addRunOptions(SectionOptions<TrainingConfig>& options) {
    using Training = TrainingConfig;
    options.other(&Training::outputDir, "output_dir", nothing, nextStart,
                  "Folder in which a new run folder is created if none is named, relative to "
                  "~/.local/share/headroom");
    options.other(
        &Training::initFrom, "init_from", quality, nextStart,
        "Weights file that a new run starts from (.safetensors, .ckpt, .pt, .pth, .th); empty: random "
        "initial weights");
    options.number(&Training::loraRank, "lora_rank", {0, 1024, 1}, all, newRun,
                   "Fine-tune the weights of init_from with adapters of this rank (LoRA): all weights are "
                   "frozen, and two small matrices are trained for each weight matrix of the dual-path "
                   "layers and the mask estimators; at most hidden_dim; 0: train the weights themselves");
    options.other(&Training::freeze, "freeze", all, newRun,
                  "Parameters that are not trained, as the first parts of their names, such as "
                  "[band_split, layers.0]; with lora_rank they get no adapters; empty: none");
    options.number(&Training::saveEveryNEpochs, "save_every_n_epochs", {1, 100000, 1}, nothing, nextStep,
                   "Epochs between checkpoints");
    options.number(
        &Training::saveEveryNMinutes, "save_every_n_minutes", {0, 1440, 1, "min"}, nothing, nextStep,
        "Minutes between checkpoints, the most training time that a crash can lose; 0: no timed checkpoints");
    options.number(&Training::keepLastNCheckpoints, "keep_last_n_checkpoints", {1, 1000, 1}, nothing,
                   nextStep, "Most recent checkpoints to keep besides the best one");
    options.number(&Training::validateEveryNEpochs, "validate_every_n_epochs", {1, 100000, 1}, speed,
                   nextStep, "Epochs between validations");
    options.choice(
        &Training::bestMetric, "best_metric", metricKeys(), quality, nextStart,
        "Metric by which the best checkpoint is chosen and a plateau is noticed: its mean over the targets; "
        "a higher value is better, whatever the metric");
    options.other(&Training::metrics, "metrics", speed, nextStart,
                  "Further metrics that each validation computes besides csdr, usdr and si_sdr: log_wmse, "
                  "l1_freq, bleedless and fullness; a song takes about a second of CPU time for each");
    options.number(
        &Training::auditionSeconds, "audition_seconds", {0, 60, 5, "s"}, nothing, nextStart,
        "Length of the excerpt of a validation song that is separated after each validation and kept "
        "in auditions/, to hear what the run learns; 0: none");
    options.other(
        &Training::auditionSong, "audition_song", nothing, nextStart,
        "Validation song of the excerpt, which is where the first target is loudest; empty: the first "
        "song");
}

void addOptimizerOptions(SectionOptions<TrainingConfig>& options) {
    using Training = TrainingConfig;
    options.choice(
        &Training::optimizer, "optimizer", {"adamw", "sgd", "adafactor"}, all, newRun,
        "Optimizer; adamw keeps two values of state per parameter, sgd one, adafactor almost none");
    options.number(&Training::weightDecay, "weight_decay", {0, 1, 0.001}, quality, newRun,
                   "Weight decay; each update reduces the weights by this fraction times the learning rate");
    options.number(&Training::momentum, "momentum", {0, 0.9999, 0.01}, quality, newRun,
                   "Momentum; used by sgd only");
    options.number(&Training::warmupSteps, "warmup_steps", {0, 10000000, 100, "updates"}, quality, newRun,
                   "Updates over which the learning rate rises linearly from 0");
    options.number(&Training::plateauPatience, "plateau_patience", {0, 10000, 1, "validations"}, quality,
                   newRun,
                   "Validations without a better score before the learning rate is reduced; 0: never");
    options.number(&Training::plateauFactor, "plateau_factor", {0.01, 0.99, 0.05}, quality, newRun,
                   "Factor that the learning rate is multiplied by on a plateau");
    options.number(&Training::decayTo, "decay_to", {0, 1, 0.05}, quality, nextStart,
                   "Fraction of the learning rate that remains at the end of num_epochs, after a linear "
                   "decay; 1: no decay");
    options.number(&Training::nonFiniteLimit, "non_finite_limit", {1, 1000000, 1, "updates"}, nothing,
                   nextStart, "Updates skipped for non-finite losses or gradients before the run stops");
    options.number(&Training::earlyStopPatience, "early_stop_patience", {0, 10000, 1, "validations"}, quality,
                   nextStep, "Validations without a better score before the run ends; 0: never");
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
    options.number(
        &Loss::lambdaTime, "lambda_time", {0, 10000, 1}, quality, newRun,
        "Weight of the waveform error relative to the spectrogram errors; if a file leaves it out, 1 for "
        "a RoFormer");
    options.choice(&Loss::timeError, "time_error", {"l1", "rms"}, quality, newRun,
                   "Measure of the waveform error: l1 is the mean absolute error, rms the root mean square "
                   "error, as in SDR");
    options.number(
        &Loss::stftWindows, "stft_windows", {16, 65536, 1, "samples"}, all, newRun,
        "STFT window lengths of the spectrogram errors, which are summed; empty: waveform error only");
    options.number(&Loss::stftHop, "stft_hop", {8, 8192, 1, "samples"}, all, newRun,
                   "STFT hop of the spectrogram errors");
    return options.take();
}

void addTimeAndPitch(SectionOptions<DataConfig>& options) {
    using Data = DataConfig;
    options.number(&Data::pitchProbability, "pitch_probability", {0, 1, 0.05}, speedQuality, newRun,
                   "Fraction of stems whose pitch is shifted while their tempo stays; stems of the same song "
                   "are shifted together; takes a lot of the loader's time");
    options.number(&Data::pitchMin, "pitch_min", {-12, 12, 0.5, "semitones"}, quality, newRun,
                   "Lowest pitch shift");
    options.number(&Data::pitchMax, "pitch_max", {-12, 12, 0.5, "semitones"}, quality, newRun,
                   "Highest pitch shift");
    options.other(&Data::pitchStems, "pitch_stems", quality, newRun,
                  "Stems whose pitch may be shifted; empty: all");
    options.number(&Data::stretchProbability, "stretch_probability", {0, 1, 0.05}, speedQuality, newRun,
                   "Fraction of stems whose tempo is changed while their pitch stays; stems of the same song "
                   "are changed together; takes a lot of the loader's time");
    options.number(&Data::stretchMin, "stretch_min", {0.5, 2, 0.05}, quality, newRun,
                   "Slowest tempo, as a factor; 0.5: half as fast");
    options.number(&Data::stretchMax, "stretch_max", {0.5, 2, 0.05}, quality, newRun,
                   "Fastest tempo, as a factor");
    options.other(&Data::stretchStems, "stretch_stems", quality, newRun,
                  "Stems whose tempo may be changed; empty: all");
}

std::vector<Option> dataOptions() {
    using Data = DataConfig;
    SectionOptions<Data> options("data", &RunConfig::data);
    options.other(
        &Data::root, "root", quality, nextStart,
        "Data set folder with train/, test/ and optionally valid/, with a folder per song or per stem, "
        "MoisesDB, or a CSV file with the columns instrum and path; also set by --data");
    options.other(&Data::moreRoots, "more_roots", quality, nextStart,
                  "Further data sets, whose songs are added to those of root");
    options.other(&Data::targets, "targets", all, newRun, "Stems that the model learns to separate");
    options.other(&Data::stems, "stems", quality, nextStart,
                  "Stems that add up to the mixture, including the targets; other files are ignored; empty: "
                  "all stems of a song, and songs with a file that is the sum of others are refused");
    options.choice(
        &Data::mixture, "mixture", {"sum", "file"}, quality, newRun,
        "Input of a training segment: sum adds up the stems, file reads the mixture file of each "
        "song at the same position (MSST's data set type 6) and requires random_mix_probability 0");
    options.other(&Data::validation, "validation", speedQuality, newRun,
                  "Songs used for validation instead of training: musdb18 for the songs in valid/ or, "
                  "without that folder, the 14 validation songs of MUSDB18 in train/; a fraction of train/, "
                  "drawn with the seed; or a list of song names from either folder");
    options.other(&Data::exclude, "exclude", quality, nextStart,
                  "Songs of train/ to leave out of both training and validation");
    options.number(&Data::randomMixProbability, "random_mix_probability", {0, 1, 0.05}, quality, newRun,
                   "Fraction of segments whose stems come from different songs");
    options.number(&Data::stemDropout, "stem_dropout", {0, 1, 0.05}, quality, newRun,
                   "Probability that a stem, target or not, is silenced in a segment whose stems come from "
                   "different songs");
    options.number(
        &Data::activityWindow, "activity_window", {0, 60, 0.5, "s"}, speedQuality, newRun,
        "Length of the windows that segments are drawn from; windows start half a window apart and count if "
        "the stem is above -60 dBFS for more than half of the time; 0: segments come from anywhere");
    options.number(&Data::gainMin, "gain_min", {0.01, 10, 0.05}, quality, newRun,
                   "Smallest random gain of a stem, as an amplitude factor");
    options.number(&Data::gainMax, "gain_max", {0.01, 10, 0.05}, quality, newRun,
                   "Largest random gain of a stem, as an amplitude factor");
    options.number(&Data::pitchShift, "pitch_shift", {0, 12, 1, "semitones"}, speedQuality, newRun,
                   "Largest random pitch shift of a stem, up or down in whole semitones; its speed changes "
                   "with it; stems of the same song shift together");
    options.number(
        &Data::channelSwapProbability, "channel_swap_probability", {0, 1, 0.05}, quality, newRun,
        "Fraction of stems with left and right swapped; stems of the same song are swapped together");
    options.number(&Data::stereoSpread, "stereo_spread", {0, 1, 0.05}, quality, newRun,
                   "Amount of random change to the stereo width and balance of each stem; 0: none");
    options.number(
        &Data::shelfGain, "shelf_gain", {0, 24, 1, "dB"}, quality, newRun,
        "Largest random boost or cut of the high frequencies of each stem, above a random corner frequency");
    options.number(&Data::polarityProbability, "polarity_probability", {0, 1, 0.05}, quality, newRun,
                   "Fraction of stems with inverted polarity; stems of the same song are inverted together");
    options.number(&Data::mixupProbability, "mixup_probability", {0, 1, 0.05}, quality, newRun,
                   "Fraction of the stems of segments mixed from different songs that are averaged with "
                   "another segment of the same stem, so that two singers sing at once");
    options.number(&Data::equalizerProbability, "equalizer_probability", {0, 1, 0.05}, quality, newRun,
                   "Fraction of stems that an equalizer of seven bands changes at random");
    options.number(&Data::equalizerGain, "equalizer_gain", {0, 24, 1, "dB"}, quality, newRun,
                   "Largest random boost or cut of a band of that equalizer");
    addTimeAndPitch(options);
    options.number(&Data::silentChunkProbability, "silent_chunk_probability", {0, 1, 0.05}, quality, newRun,
                   "Fraction of segments with silent targets that are kept; segments silenced by "
                   "stem_dropout are always kept");
    options.choice(&Data::lengthMismatch, "length_mismatch", {"refuse", "trim", "pad"}, quality, nextStart,
                   "Songs whose files differ in length by more than 0.1 s: refuse treats them as unreadable, "
                   "trim cuts all files to the shortest, pad adds silence up to the longest");
    options.choice(
        &Data::incompleteSongs, "incomplete_songs", {"refuse", "mix"}, quality, nextStart,
        "Training songs that lack a stem of data.stems: refuse treats them as unreadable, mix uses "
        "the stems that they have in segments whose stems come from different songs");
    options.choice(
        &Data::fileErrors, "file_errors", {"fail", "skip"}, nothing, nextStart,
        "Action on a file that cannot be read: fail ends the run, skip leaves the song out and reports it");
    return options.take();
}

std::vector<Option> separationOptions() {
    using Separation = SeparationConfig;
    SectionOptions<Separation> options("separation", &RunConfig::separation);
    options.number(
        &Separation::overlap, "overlap", {0, 0.9, 0.05}, speedQuality, nextStart,
        "Overlap of consecutive segments when a whole song is separated, as a fraction of a segment");
    options.number(&Separation::chunkSeconds, "chunk_seconds", {0.1, 120, 0.5, "s"}, all, nextStart,
                   "Length of the segments in which a whole song is separated");
    options.number(
        &Separation::batchSize, "batch_size", {0, 256, 1}, memorySpeed, nextStart,
        "Segments that are separated together; 0: on a card, as many as fit by forecast, up to 16, on "
        "the CPU one; validation during training takes one at a time");
    options.other(
        &Separation::testTimeAugmentation, "test_time_augmentation", speedQuality, nextStart,
        "Separate every segment also with inverted polarity and with left and right swapped, and "
        "average the results, which takes three times as long; not used in validation during training");
    return options.take();
}

std::vector<Option> memoryOptions() {
    using Memory = MemoryConfig;
    SectionOptions<Memory> options("memory", &RunConfig::memory);
    options.number(
        &Memory::reserve, "reserve", {0, 1024, 0.25, "GiB"}, memorySpeed, nextStart,
        "Memory of a card that training leaves free for other programs, such as the desktop, besides "
        "what they use at its start; the forecast counts it, and training does not exceed it");
    return options.take();
}

} // namespace

const std::vector<Option>& optionTable() {
    static const std::vector<Option> table = [] {
        std::vector<Option> options;
        for (auto section : {audioOptions, modelOptions, trainingOptions, lossOptions, dataOptions,
                             separationOptions, memoryOptions}) {
            auto part = section();
            std::move(part.begin(), part.end(), std::back_inserter(options));
        }
        return options;
    }();
    return table;
}

} // namespace headroom
