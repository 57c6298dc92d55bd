// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/failure.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/train/trainer.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace headroom::test {

/// Called for every event of a run, on its thread, with the control of the run.
using Reaction = std::function<void(const TrainingEvent& event, RunControl& control)>;

/// Calls `action` when this step is done.
inline Reaction afterStep(std::int64_t step, const std::function<void(RunControl&)>& action) {
    return [=](const TrainingEvent& event, RunControl& control) {
        if (const auto* done = std::get_if<StepDone>(&event); done && done->step == step)
            action(control);
    };
}

/// The events of one type, in order.
template <typename Event>
std::vector<Event> allOf(const std::vector<TrainingEvent>& events) {
    std::vector<Event> found;
    for (const auto& event : events) {
        if (const auto* match = std::get_if<Event>(&event))
            found.push_back(*match);
    }
    return found;
}

/// The events of a run and how it ended.
struct RunOutcome {
    std::vector<TrainingEvent> events;
    RunEnd end;

    template <typename Event>
    std::vector<Event> all() const {
        return allOf<Event>(events);
    }

    /// Whether a notice contains this text.
    bool hasNotice(const std::string& part) const {
        return std::ranges::any_of(
            all<Notice>(), [&](const Notice& notice) { return notice.text.find(part) != std::string::npos; });
    }
};

/// Runs a trainer on the calling thread. Throws what the trainer throws.
inline RunOutcome train(const TrainingRequest& request, const Reaction& react = {}) {
    RunOutcome outcome;
    RunControl control;
    Trainer trainer;
    const EventSink sink = [&](const TrainingEvent& event) {
        if (std::holds_alternative<MemorySample>(event)) // at arbitrary times
            return;
        outcome.events.push_back(event);
        if (react)
            react(event, control);
    };
    try {
        outcome.end = trainer.run(request, control, sink);
    } catch (...) {
        trainer.emitEnd(failureOf(std::current_exception(), 0), sink);
        throw;
    }
    trainer.emitEnd(std::visit([](const auto& end) -> TrainingEvent { return end; }, outcome.end), sink);
    return outcome;
}

/// Trains to step `maxSteps`; 0: to the end of the run.
inline RunOutcome train(const RunConfig& config, const std::filesystem::path& folder, std::int64_t maxSteps,
                        bool resume = false, const Reaction& react = {}) {
    return train(TrainingRequest{config, folder.string(), "cpu", maxSteps, resume}, react);
}

inline CheckpointStore storeOf(const std::filesystem::path& folder) {
    return CheckpointStore(folder / "checkpoints");
}

/// The newest checkpoint of a run folder.
inline Checkpoint newestCheckpoint(const std::filesystem::path& folder) {
    const CheckpointStore store = storeOf(folder);
    return readCheckpoint(store.path(store.steps().at(0)));
}

} // namespace headroom::test
