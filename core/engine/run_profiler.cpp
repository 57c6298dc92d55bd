// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/run_profiler.h"

#include "core/engine/calibration_store.h"
#include "core/forecast/forecaster.h"
#include "core/model/compute_device.h"
#include "core/support/atomic_file.h"
#include "core/train/run_folder.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <utility>

namespace headroom {
namespace {

constexpr std::size_t minSteps = 6;

double quantile(std::vector<double> values, double share) {
    const auto place =
        values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

double median(const std::vector<double>& values) {
    return quantile(values, 0.5);
}

/// Device memory of this program outside of tensors; absent if the use of other programs is unknown.
std::optional<std::int64_t> contextOf(const MemoryUse& use) {
    if (!use.others)
        return std::nullopt;
    const std::int64_t context = use.deviceUsed - use.reserved - *use.others;
    return context > 0 ? std::optional(context) : std::nullopt;
}

} // namespace

void RunProfiler::take(const TrainingEvent& event) {
    if (done_)
        return;
    if (const auto* started = std::get_if<Started>(&event)) {
        folder_ = started->runFolder;
        device_ = started->device;
    } else if (std::holds_alternative<OptionChanged>(event) || std::holds_alternative<OutOfMemory>(event)) {
        done_ = true;
    } else if (std::holds_alternative<ValidationDone>(event)) {
        skipNext_ = true;
    } else if (const auto* step = std::get_if<StepDone>(&event)) {
        takeStep(*step);
    }
}

void RunProfiler::takeStep(const StepDone& step) {
    if (!step.memory) {
        done_ = true;
        return;
    }
    if (std::exchange(skipNext_, false))
        return;
    stepSeconds_.push_back(step.forwardSeconds + step.backwardSeconds);
    if (step.gradNorm)
        updates_.push_back(step.updateSeconds);
    peak_ = std::max(peak_, step.memory->peakAllocated);
    memory_ = step.memory;
    if (!hasEnough())
        return;
    done_ = true;
    try {
        store();
    } catch (const std::exception&) { // NOLINT(bugprone-empty-catch): see take()
    }
}

/// Enough steps, and at least one update.
bool RunProfiler::hasEnough() const {
    const auto group = static_cast<std::size_t>(config_.training.gradientAccumulationSteps);
    return stepSeconds_.size() >= std::max(minSteps, group) && !updates_.empty();
}

void RunProfiler::store() const {
    const Card card = cardOf(c10::Device(device_));
    const Forecast expected = forecast({.config = config_, .card = card, .detail = ForecastDetail::Totals});
    const double step = median(stepSeconds_);
    const RunProfile run{.cost = expected.cost.total(),
                         .forecastPeak = expected.phase(RunPhase::Step).peakAllocated,
                         .measuredPeak = peak_,
                         .updateSeconds =
                             step * config_.training.gradientAccumulationSteps + median(updates_),
                         .updateSecondsSpread = (quantile(stepSeconds_, 0.9) - step) / step};
    writeFileAtomically(RunPaths{folder_}.measured(), toJson(run) + "\n", AtomicFile::Link::Replace);

    const std::filesystem::path path = machineRecordPath(calibrationName(card));
    if (path.empty())
        return;
    MachineRecord record = readMachineRecord(path);
    record.add(run);
    if (const auto context = contextOf(*memory_); context && card.computeMajor > 0)
        record.context = context;
    writeMachineRecord(path, record);
}

} // namespace headroom
