// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/training_thread.h"

#include "core/config/config_check.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/session/failure.h"

#include <cstdint>
#include <exception>
#include <utility>

namespace headroom {
namespace {

/// The option with this key. Throws Error unless it may change during a run.
const Option& liveOption(const std::string& key) {
    const Option* option = findOption(key);
    if (option == nullptr)
        throw Error(ErrorKind::Input, "unknown key '" + key + "'");
    if (option->takesEffect != TakesEffect::NextStep)
        throw Error(ErrorKind::Input, key + " cannot be changed during a run", "",
                    option->takesEffect == TakesEffect::NewRun
                        ? "Start a new run."
                        : "Stop the run, change the option and resume the run.");
    return *option;
}

/// Forwards events and tracks the step of the run.
class StepTracker {
public:
    explicit StepTracker(const EventSink& sink) : sink_(sink) {}
    void operator()(const TrainingEvent& event) {
        if (const auto* started = std::get_if<Started>(&event))
            step = started->step;
        if (const auto* done = std::get_if<StepDone>(&event))
            step = done->step;
        sink_(event);
    }
    std::int64_t step = 0;

private:
    const EventSink& sink_;
};

TrainingEvent runToEnd(TrainingLoop& loop, const TrainingRequest& request, RunControl& control,
                       const EventSink& sink) {
    StepTracker tracker(sink);
    try {
        const RunEnd end = loop.run(request, control, std::ref(tracker));
        return std::visit([](const auto& event) -> TrainingEvent { return event; }, end);
    } catch (...) {
        return failureOf(std::current_exception(), tracker.step);
    }
}

} // namespace

TrainingThread::TrainingThread(std::unique_ptr<TrainingLoop> loop) : loop_(std::move(loop)) {}

TrainingThread::~TrainingThread() {
    TrainingThread::stopAndWait();
}

void TrainingThread::start(const TrainingRequest& request, EventSink sink) {
    const std::lock_guard lock(mutex_);
    if (control_)
        throw Error(ErrorKind::Failure, "a run is already in progress", "", "Stop it first.");
    thread_ = {}; // joins the thread of the previous run, which has ended
    auto control = std::make_shared<RunControl>();
    thread_ =
        std::jthread([this, request, sink = std::move(sink), control] { run(request, sink, *control); });
    control_ = std::move(control);
    config_ = request.config;
}

void TrainingThread::run(const TrainingRequest& request, const EventSink& sink, RunControl& control) {
    const TrainingEvent end = runToEnd(*loop_, request, control, sink);
    loop_->emitEnd(end, sink);
    const std::lock_guard lock(mutex_);
    control_.reset();
    ended_.notify_all();
}

std::shared_ptr<RunControl> TrainingThread::control() {
    const std::lock_guard lock(mutex_);
    return control_;
}

void TrainingThread::pause() {
    if (const auto running = control())
        running->pause();
}

void TrainingThread::resume() {
    if (const auto running = control())
        running->resume();
}

void TrainingThread::requestStop() {
    if (const auto running = control())
        running->requestStop();
}

void TrainingThread::saveNow() {
    if (const auto running = control())
        running->requestSave();
}

void TrainingThread::setOption(const std::string& key, const std::string& value) {
    const Option& option = liveOption(key);
    const OptionValue checked = parseOptionValue(option, value);
    const std::lock_guard lock(mutex_);
    if (!control_)
        throw Error(ErrorKind::Failure, "no run is in progress", "", "Change the configuration instead.");
    RunConfig changed = config_;
    option.set(changed, checked);
    checkConfig(changed);
    config_ = std::move(changed);
    control_->changeOption({key, formatOptionValue(checked)});
}

void TrainingThread::wait() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return control_ == nullptr; });
}

void TrainingThread::stopAndWait() {
    requestStop();
    wait();
}

} // namespace headroom
