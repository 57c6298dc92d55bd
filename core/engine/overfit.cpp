// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/overfit.h"

#include "core/config/audio_length.h"
#include "core/config/config_check.h"
#include "core/data/loudest_part.h"
#include "core/engine/engine_error.h"
#include "core/metrics/sdr.h"
#include "core/model/compute_device.h"
#include "core/model/kernel_check.h"
#include "core/model/trained_parameters.h"
#include "core/separate/separate_segment.h"
#include "core/support/error.h"
#include "core/train/step_results.h"
#include "core/train/training_data.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace headroom {
namespace {

/// The configuration for memorizing one segment.
RunConfig simplified(RunConfig config) {
    TrainingConfig& training = config.training;
    training.batchSize = 1;
    training.gradientAccumulationSteps = 1;
    training.emaDecay = 0;
    training.warmupSteps = 0;
    training.decayTo = 1;
    training.loraRank = 0;
    training.freeze.clear();
    training.initFrom.clear();
    config.model.attnDropout = 0;
    config.model.ffDropout = 0;
    return config;
}

const Song& songNamed(const std::vector<Song>& songs, const std::string& name) {
    const auto found = name.empty() ? songs.begin() : std::ranges::find(songs, name, &Song::name);
    if (found == songs.end())
        throw Error(ErrorKind::Input, fmt::format("there is no training song '{}'", name), "--song",
                    "Name a song of train/, or omit the option for the first.");
    return *found;
}

/// A part of a song.
struct LearnedSegment {
    std::int64_t begin = 0;
    AudioBuffer mixture;
    std::vector<std::string> stems; ///< all of the song
    std::vector<AudioBuffer> audio; ///< of each stem

    const AudioBuffer& of(const std::string& stem) const {
        return audio.at(static_cast<std::size_t>(std::ranges::find(stems, stem) - stems.begin()));
    }
};

LearnedSegment segmentOf(const Song& song, const RunConfig& config) {
    const AudioFormat format{config.audio.sampleRate, config.audio.channels};
    const std::int64_t frames = segmentSamples(config.audio);
    const AudioBuffer first = readFiniteStem(song, config.data.targets.front(), format);
    LearnedSegment segment;
    segment.begin = loudestPart(first, frames, format.sampleRate);
    segment.mixture = AudioBuffer(format.channels, frames);
    for (const SongStem& stem : song.stems) {
        segment.stems.push_back(stem.stem);
        segment.audio.push_back(readStem(song, stem.stem, format, segment.begin, frames));
        for (std::size_t i = 0; i < segment.mixture.samples().size(); ++i)
            segment.mixture.samples()[i] += segment.audio.back().samples()[i];
    }
    if (config.data.mixture == MixtureSource::File)
        segment.mixture = readStem(song, mixtureName, format, segment.begin, frames);
    return segment;
}

std::vector<float> samplesOf(const AudioBuffer& audio) {
    return {audio.samples().begin(), audio.samples().end()};
}

std::vector<std::string> findingsOf(const LearnedSegment& segment, const std::vector<std::string>& targets) {
    std::vector<std::vector<float>> audio;
    for (const AudioBuffer& stem : segment.audio)
        audio.push_back(samplesOf(stem));
    return audioFindings(targets, segment.stems, audio, samplesOf(segment.mixture));
}

at::Tensor tensorOf(const AudioBuffer& audio) {
    return at::tensor(at::ArrayRef<float>(audio.samples().data(), audio.samples().size()))
        .reshape({audio.channels(), audio.frames()});
}

/// Trains on one segment.
class SegmentLearner {
public:
    SegmentLearner(const RunConfig& config, c10::Device device, const LearnedSegment& segment)
        : config_(config), segment_(segment), step_(config, device), results_(device) {
        std::vector<at::Tensor> targets;
        for (const std::string& target : config.data.targets)
            targets.push_back(tensorOf(segment.of(target)));
        mixture_ = tensorOf(segment.mixture).unsqueeze(0);
        targets_ = at::stack(targets).unsqueeze(0);
    }

    /// Returns the loss before the update.
    double learn() {
        results_.setLoss(step_.forwardBackward(mixture_, targets_, 1));
        results_.setUpdate(step_.update(config_.training.learningRate));
        return results_.read().loss;
    }

    /// uSDR of each target.
    std::vector<double> scores() const {
        const SegmentStems estimates = separateSegments(step_.model(), {&segment_.mixture, 1}).front();
        std::vector<double> sdr;
        for (std::size_t i = 0; i < estimates.size(); ++i)
            sdr.push_back(uSdr(segment_.of(config_.data.targets[i]), estimates[i]));
        return sdr;
    }

private:
    const RunConfig& config_;
    const LearnedSegment& segment_;
    TrainStep step_;
    StepResults results_;
    at::Tensor mixture_; ///< [1, channels, samples]
    at::Tensor targets_; ///< [1, targets, channels, samples]
};

double meanOfScores(const std::vector<double>& scores) {
    double sum = 0;
    for (const double score : scores)
        sum += score;
    return sum / static_cast<double>(scores.size());
}

OverfitResult learnSegment(const OverfitRequest& request, const std::stop_token& stop,
                           const std::function<void(const OverfitProgress&)>& onProgress) {
    using Clock = std::chrono::steady_clock;
    const RunConfig config = simplified(request.config);
    checkConfig(config);
    requireTrainable(config);
    const ComputeDevice selected = computeDevice(request.device);
    const TrainingData data = openTrainingData(config, std::make_shared<Outage>());
    const Song& song = songNamed(data.training, request.song);
    const LearnedSegment segment = segmentOf(song, config);
    OverfitResult result{.song = song.name,
                         .begin = static_cast<double>(segment.begin) / config.audio.sampleRate,
                         .seconds = config.audio.segmentLength,
                         .device = deviceName(selected.device),
                         .targets = config.data.targets};
    result.findings = findingsOf(segment, config.data.targets);
    if (!result.findings.empty()) // whatever the model learned would be worthless
        return result;

    prepareCudaKernels(config, config.audio.segmentLength, selected.device, [](const std::string&) {});
    SegmentLearner learner(config, selected.device, segment);
    const auto begin = Clock::now();
    std::vector<double> losses;
    for (int step = 1; step <= request.steps && !result.learned && !result.stopped; ++step) {
        losses.push_back(learner.learn());
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        const bool last = step == request.steps || (request.seconds > 0 && seconds >= request.seconds);
        result.stopped = stop.stop_requested();
        constexpr int stepsPerScore = 10;
        if (step % stepsPerScore != 0 && !last && !result.stopped)
            continue;
        result.sdr = learner.scores();
        result.progress.push_back({step, losses.back(), meanOfScores(result.sdr)});
        onProgress(result.progress.back());
        result.learned = std::ranges::all_of(result.sdr, [](double score) { return score >= overfitGoal; });
        if (last)
            break;
    }
    if (!result.learned && !result.stopped)
        result.findings.push_back(learningRateFinding(losses, config.training.learningRate, request.steps));
    return result;
}

} // namespace

OverfitResult overfit(const OverfitRequest& request, const std::stop_token& stop,
                      const std::function<void(const OverfitProgress&)>& onProgress) {
    try {
        return learnSegment(request, stop, onProgress);
    } catch (const std::exception&) {
        throw engineError(std::current_exception());
    }
}

} // namespace headroom
