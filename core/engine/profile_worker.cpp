// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/audio_length.h"
#include "core/config/config_check.h"
#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/services.h"
#include "core/model/compute_device.h"
#include "core/monitor/allocation_trace.h"
#include "core/train/step_results.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stop_token>
#include <utility>

namespace headroom {
namespace {

constexpr int updates = 3;           ///< the first allocates the optimizer state; the last is recorded
constexpr int maxStepsPerUpdate = 3; ///< the first, one for all in the middle, and the last

struct Canceled {};

/// Input audio outside of tensor allocators, like that of the Loader.
class NoiseInput {
public:
    NoiseInput(std::vector<std::int64_t> shape, std::int64_t samples) {
        shape.push_back(samples);
        numbers_.resize(static_cast<std::size_t>(c10::multiply_integers(shape)));
        // Memory and time of a step do not depend on the values.
        for (std::size_t i = 0; i < numbers_.size(); ++i)
            numbers_[i] = 0.1F * static_cast<float>(std::sin(0.37 * static_cast<double>(i)));
        tensor_ = at::from_blob(numbers_.data(), shape, at::kFloat);
    }
    const at::Tensor& tensor() const { return tensor_; }

private:
    std::vector<float> numbers_;
    at::Tensor tensor_;
};

/// Runs updates and records the last one.
class StepRecord {
public:
    StepRecord(const RunConfig& config, c10::Device device, const std::stop_token& stop)
        : stop_(stop), trace_(device, [this](const AllocationState& state) { take(state); }),
          step_(config, device), results_(device) {
        step_.setPhaseObserver([this](Phase phase) { begin(phase); });
        profile_.device = deviceName(device);
    }

    TrainStep& step() { return step_; }
    StepResults& results() { return results_; }
    void beginLastUpdate() {
        trace_.sample();
        isLast_ = true;
        begin_ = state_.events;
    }
    StepProfile take() {
        trace_.sample();
        profile_.events = state_.events - begin_;
        return std::move(profile_);
    }

private:
    void take(const AllocationState& state) {
        if (state.events == state_.events)
            return;
        state_ = state;
        profile_.peakAllocated = std::max(profile_.peakAllocated, state.allocated);
        profile_.peakReserved = std::max(profile_.peakReserved, state.reserved);
        if (isLast_)
            profile_.points.push_back({state.events - begin_, state.allocated, state.reserved});
    }
    void begin(Phase phase) {
        if (stop_.stop_requested())
            throw Canceled();
        trace_.sample();
        if (isLast_)
            profile_.phases.push_back({phaseName(phase), state_.events - begin_});
    }

    std::stop_token stop_;
    StepProfile profile_;
    AllocationState state_;
    bool isLast_ = false;
    std::int64_t begin_ = 0;
    AllocationTrace trace_; ///< before step_, whose allocations it traces
    TrainStep step_;
    StepResults results_;
};

StepProfile profileStep(const RunConfig& config, const std::string& deviceOption,
                        const std::stop_token& stop) {
    checkConfig(config);
    const c10::Device device = computeDevice(deviceOption).device;
    const std::int64_t samples = segmentSamples(config.audio);
    const std::int64_t batch = config.training.batchSize;
    const std::int64_t channels = config.audio.channels;
    const NoiseInput mixture({batch, channels}, samples);
    const NoiseInput targets({batch, static_cast<std::int64_t>(config.data.targets.size()), channels},
                             samples);
    StepRecord record(config, device, stop);
    const int stepsPerUpdate = std::min(config.training.gradientAccumulationSteps, maxStepsPerUpdate);
    for (int update = 1; update <= updates; ++update) {
        if (update == updates)
            record.beginLastUpdate();
        for (int i = 0; i < stepsPerUpdate; ++i)
            record.results().setLoss(
                record.step().forwardBackward(mixture.tensor(), targets.tensor(), 1.0 / stepsPerUpdate));
        record.results().setUpdate(record.step().update(config.training.learningRate));
    }
    return record.take();
}

class ProfileWorker final : public ProfileService {
public:
    void measure(std::uint64_t number, const RunConfig& config, const std::string& device,
                 std::function<void(const ProfileAnswer&)> answer) override {
        worker_.post(number, [=](const std::stop_token& stop) {
            try {
                if (!stop.stop_requested())
                    answer(StepProfiled{number, profileStep(config, device, stop)});
            } catch (const Canceled&) {
                return;
            } catch (...) {
                answer(StepNotProfiled{number, engineError(std::current_exception())});
            }
        });
    }

    void cancel(std::uint64_t number) override { worker_.cancel(number); }

private:
    JobWorker worker_;
};

} // namespace

std::unique_ptr<ProfileService> makeProfileService() {
    return std::make_unique<ProfileWorker>();
}

} // namespace headroom
