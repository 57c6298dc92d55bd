#include "core/config/config_check.h"
#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/services.h"
#include "core/model/compute_device.h"
#include "core/monitor/allocation_trace.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stop_token>
#include <utility>

namespace headroom {
namespace {

constexpr int updates = 3;          ///< the first makes what lasts, the last is the one that is shown
constexpr int mostMicroBatches = 3; ///< the first, one that is like those behind it, and the last

struct Cancelled {};

/// Sound that no tensor's allocator knows of, as a loader's in a forecast.
class Noise {
public:
    Noise(std::vector<std::int64_t> shape, std::int64_t samples) {
        shape.push_back(samples);
        numbers_.resize(static_cast<std::size_t>(c10::multiply_integers(shape)));
        // Any sound will do: what a step takes does not depend on it.
        for (std::size_t i = 0; i < numbers_.size(); ++i)
            numbers_[i] = 0.1F * static_cast<float>(std::sin(0.37 * static_cast<double>(i)));
        tensor_ = at::from_blob(numbers_.data(), shape, at::kFloat);
    }
    const at::Tensor& tensor() const { return tensor_; }

private:
    std::vector<float> numbers_;
    at::Tensor tensor_;
};

/// Keeps what is said of the last update.
class StepRecord {
public:
    StepRecord(const RunConfig& config, c10::Device device, const std::stop_token& stop)
        : stop_(stop), trace_(device, [this](const AllocationState& state) { take(state); }),
          step_(config, device) {
        step_.setPhaseObserver([this](Phase phase) { begin(phase); });
        measured_.device = deviceName(device);
    }

    TrainStep& step() { return step_; }
    void beginLast() {
        trace_.look();
        last_ = true;
        begin_ = state_.events;
    }
    StepProfile take() {
        trace_.look();
        measured_.events = state_.events - begin_;
        return std::move(measured_);
    }

private:
    void take(const AllocationState& state) {
        if (state.events == state_.events)
            return;
        state_ = state;
        measured_.peakAllocated = std::max(measured_.peakAllocated, state.allocated);
        measured_.peakReserved = std::max(measured_.peakReserved, state.reserved);
        if (last_)
            measured_.points.push_back({state.events - begin_, state.allocated, state.reserved});
    }
    void begin(Phase phase) {
        if (stop_.stop_requested())
            throw Cancelled();
        trace_.look();
        if (last_)
            measured_.phases.push_back({phaseName(phase), state_.events - begin_});
    }

    std::stop_token stop_;
    StepProfile measured_;
    AllocationState state_;
    bool last_ = false;
    std::int64_t begin_ = 0;
    AllocationTrace trace_; ///< before what it is to follow
    TrainStep step_;
};

StepProfile profileStep(RunConfig config, const std::string& deviceWord, const std::stop_token& stop) {
    checkConfig(config);
    const c10::Device device = computeDevice(deviceWord).device;
    if (device.is_cpu())
        config.model.offload = false; // it has no other memory that layer inputs could wait in
    const std::int64_t samples = std::llround(config.audio.segmentLength * config.audio.sampleRate);
    const std::int64_t batch = config.training.batchSize;
    const std::int64_t channels = config.audio.channels;
    const Noise mixture({batch, channels}, samples);
    const Noise targets({batch, static_cast<std::int64_t>(config.data.targets.size()), channels}, samples);
    StepRecord record(config, device, stop);
    const int microBatches = std::min(config.training.gradientAccumulationSteps, mostMicroBatches);
    for (int update = 1; update <= updates; ++update) {
        if (update == updates)
            record.beginLast();
        for (int i = 0; i < microBatches; ++i)
            record.step().forwardBackward(mixture.tensor(), targets.tensor(), 1.0 / microBatches);
        record.step().update(config.training.learningRate);
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
            } catch (const Cancelled&) {
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
