// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/journal_summary.h"

#include "core/values/event_time.h"
#include "core/values/metric.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

/// Adds an event to a summary.
class Addition {
public:
    explicit Addition(JournalSummary& summary) : summary_(summary), run_(summary.run) {}

    template <typename Event>
    void operator()(const Event&) const {}

    void operator()(const Started& event) const {
        run_.state = RunState::Interrupted; // until its end is read
        run_.device = event.device;
        run_.version = event.version;
        run_.step = event.step;
        run_.totalSteps = event.totalSteps;
    }
    void operator()(const StepDone& event) const {
        constexpr double decay = 0.95; // averages about 20 steps
        double& weights = summary_.stepWeights;
        double& seconds = summary_.stepSeconds;
        // Several ranks do as many steps at the same time.
        weights = decay * weights + static_cast<double>(std::max<std::int64_t>(1, event.step - run_.step));
        seconds = decay * seconds + event.dataSeconds + event.forwardSeconds + event.backwardSeconds +
                  event.updateSeconds;
        run_.stepsPerSecond = seconds > 0 ? weights / seconds : 0;
        run_.step = event.step;
        run_.epoch = event.epoch;
        if (event.memory)
            run_.peakReserved = std::max(run_.peakReserved, event.memory->peakReserved);
    }
    void operator()(const RanksDone& event) const { summary_.stepSeconds += event.exchangeSeconds; }
    void operator()(const PhaseDone& event) const {
        run_.peakReserved = std::max(run_.peakReserved, event.memory.peakReserved);
    }
    void operator()(const ValidationDone& event) const {
        if (!event.best)
            return;
        run_.cSdr = meanOverStems(event.stems, Metric::CSdr);
        run_.uSdr = meanOverStems(event.stems, Metric::USdr);
    }
    void operator()(const Finished&) const { run_.state = RunState::Finished; }
    void operator()(const Stopped&) const { run_.state = RunState::Stopped; }
    void operator()(const Failed& event) const {
        run_.state = RunState::Failed;
        run_.failure = event.message;
    }

private:
    JournalSummary& summary_;
    RunSummary& run_;
};

constexpr std::array stateNames = {
    std::pair(RunState::NotStarted, "not started"),  std::pair(RunState::Finished, "finished"),
    std::pair(RunState::Stopped, "stopped"),         std::pair(RunState::Failed, "failed"),
    std::pair(RunState::Interrupted, "interrupted"),
};

std::optional<double> scoreFrom(const Json& object, const char* name) {
    return object.contains(name) ? std::optional(object.at(name).get<double>()) : std::nullopt;
}

} // namespace

void JournalSummary::add(const TimedEvent& timed) {
    if (const auto* started = std::get_if<Started>(&timed.event); started != nullptr && !run.startTime)
        run.startedBy = started->startedBy.value_or("");
    if (!run.startTime)
        run.startTime = timed.time;
    std::visit(Addition(*this), timed.event);
}

Json toObject(const JournalSummary& summary) {
    const RunSummary& run = summary.run;
    const auto* state = std::ranges::find(stateNames, run.state, &decltype(stateNames)::value_type::first);
    Json object{{"state", state->second},
                {"started_by", run.startedBy},
                {"device", run.device},
                {"version", run.version},
                {"failure", run.failure},
                {"step", run.step},
                {"total_steps", run.totalSteps},
                {"epoch", run.epoch},
                {"peak_reserved", run.peakReserved},
                {"steps_per_s", run.stepsPerSecond},
                {"bytes", summary.bytes},
                {"step_weights", summary.stepWeights},
                {"step_s", summary.stepSeconds}};
    if (run.startTime)
        object["started"] = formatEventTime(*run.startTime);
    if (run.cSdr)
        object["csdr"] = *run.cSdr;
    if (run.uSdr)
        object["usdr"] = *run.uSdr;
    return object;
}

JournalSummary journalSummaryFrom(const Json& object) {
    JournalSummary summary;
    RunSummary& run = summary.run;
    const auto* state = std::ranges::find(stateNames, object.at("state").get<std::string>(),
                                          &decltype(stateNames)::value_type::second);
    run.state = state == stateNames.end() ? RunState::Interrupted : state->first;
    if (object.contains("started"))
        run.startTime = parseEventTime(object.at("started").get<std::string>());
    object.at("started_by").get_to(run.startedBy);
    object.at("device").get_to(run.device);
    object.at("version").get_to(run.version);
    object.at("failure").get_to(run.failure);
    object.at("step").get_to(run.step);
    object.at("total_steps").get_to(run.totalSteps);
    object.at("epoch").get_to(run.epoch);
    run.cSdr = scoreFrom(object, "csdr");
    run.uSdr = scoreFrom(object, "usdr");
    object.at("peak_reserved").get_to(run.peakReserved);
    object.at("steps_per_s").get_to(run.stepsPerSecond);
    object.at("bytes").get_to(summary.bytes);
    object.at("step_weights").get_to(summary.stepWeights);
    object.at("step_s").get_to(summary.stepSeconds);
    return summary;
}

} // namespace headroom
