#include "tests/support/scripted_loop.h"

#include "core/config/option_table.h"
#include "core/config/option_value.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace headroom {
namespace {

/// Throws what a real loop would have thrown to fail like this.
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

    /// Says one event; how the run ends, if it does with this one.
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

    /// What a loop does between two steps. False when the run is to stop.
    bool obey() {
        control_.waitWhilePaused([this] { emit_(Paused{step_}); }, [this] { save(); },
                                 [this] { emit_(Resumed{step_}); });
        if (control_.takeSaveRequest())
            save();
        for (const OptionChange& change : control_.takeOptionChanges())
            apply(change);
        return !control_.stopRequested();
    }

    void rest(std::chrono::nanoseconds time) {
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
            replay.rest(pace_);
        if ((stepDone || std::holds_alternative<Started>(event)) && !replay.obey())
            return Stopped{replay.step(), ""};
    }
    return Finished{replay.step()};
}

} // namespace headroom
