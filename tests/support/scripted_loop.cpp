// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_loop.h"

#include "core/config/option_table.h"
#include "core/config/option_value.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace headroom::test {
namespace {

/// Throws the exception with which a real loop would have caused this event.
[[noreturn]] void fail(const Failed& failed) {
    if (failed.category == "input")
        throw Error(ErrorKind::Input, failed.message, "", failed.remedy);
    if (failed.category == "failure")
        throw Error(ErrorKind::Failure, failed.message, "", failed.remedy);
    if (failed.category == "diverged")
        throw DivergedError(failed.message, "", failed.remedy);
    throw std::runtime_error(failed.message);
}

/// One run through the script.
class Replay {
public:
    Replay(const TrainingRequest& request, RunControl& control, const EventSink& emit)
        : request_(request), config_(request.config), control_(control), emit_(emit) {}

    /// Emits one event. Returns how the run ends if this event ends it.
    std::optional<RunEnd> play(const TrainingEvent& event) {
        if (const auto* finished = std::get_if<Finished>(&event))
            return *finished;
        if (const auto* stopped = std::get_if<Stopped>(&event))
            return *stopped;
        if (const auto* failed = std::get_if<Failed>(&event))
            fail(*failed);
        if (std::holds_alternative<Paused>(event) || std::holds_alternative<Resumed>(event))
            return std::nullopt;
        if (const auto* started = std::get_if<Started>(&event))
            step_ = started->step;
        if (const auto* done = std::get_if<StepDone>(&event))
            step_ = done->step;
        emit_(event);
        return std::nullopt;
    }

    /// Handles requests between two steps. False if the run has to stop.
    bool handleRequests() {
        control_.waitWhilePaused([this] { emit_(Paused{step_}); }, [this] { save(); },
                                 [this] { emit_(Resumed{step_}); });
        if (control_.takeSaveRequest())
            save();
        for (const OptionChange& change : control_.takeOptionChanges())
            apply(change);
        return !control_.stopRequested();
    }

    /// Waits, or returns early on a stop request.
    void wait(std::chrono::nanoseconds time) {
        if (time <= std::chrono::nanoseconds::zero())
            return;
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, control_.stopToken(), time, [] { return false; });
    }

    std::int64_t step() const { return step_; }

private:
    void save() { emit_(CheckpointSaved{step_, request_.runFolder + "/checkpoints"}); }

    void apply(const OptionChange& change) {
        const Option* option = findOption(change.key);
        const std::string before = formatOptionValue(option->get(config_));
        option->set(config_, parseOptionValue(*option, change.value));
        emit_(OptionChanged{step_ + 1, change.key, before, change.value});
    }

    const TrainingRequest& request_;
    RunConfig config_;
    RunControl& control_;
    const EventSink& emit_;
    std::int64_t step_ = 0;
};

} // namespace

ScriptedLoop::ScriptedLoop(std::vector<TrainingEvent> script, std::chrono::nanoseconds pace)
    : script_(std::move(script)), pace_(pace) {}

RunEnd ScriptedLoop::run(const TrainingRequest& request, RunControl& control, const EventSink& emit) {
    Replay replay(request, control, emit);
    for (const TrainingEvent& event : script_) {
        if (const auto end = replay.play(event))
            return *end;
        const bool stepDone = std::holds_alternative<StepDone>(event);
        if (stepDone)
            replay.wait(pace_);
        if ((stepDone || std::holds_alternative<Started>(event)) && !replay.handleRequests())
            return Stopped{replay.step(), ""};
    }
    return Finished{replay.step()};
}

} // namespace headroom::test
