// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/forecast_json.h"

#include <nlohmann/json.hpp>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

Json partsObject(const std::array<std::int64_t, memoryParts>& parts) {
    Json object;
    for (const MemoryPart part : allMemoryParts)
        object[memoryPartName(part)] = parts[static_cast<std::size_t>(part)];
    return object;
}

Json timelineList(const std::vector<TimelinePoint>& timeline) {
    Json list = Json::array();
    for (const TimelinePoint& point : timeline)
        list.push_back(
            {{"event", point.event}, {"parts", partsObject(point.parts)}, {"reserved", point.reserved}});
    return list;
}

Json spanList(const std::vector<TimelineSpan>& spans) {
    Json list = Json::array();
    for (const TimelineSpan& span : spans)
        list.push_back(
            {{"phase", span.phase}, {"module", span.module}, {"begin", span.begin}, {"end", span.end}});
    return list;
}

Json largestList(const Forecast& forecast) {
    Json list = Json::array();
    for (const LargeTensor& tensor : forecast.largest)
        list.push_back({{"module", tensor.module},
                        {"shape", tensor.shape},
                        {"part", memoryPartName(tensor.part)},
                        {"bytes", tensor.bytes},
                        {"count", tensor.count},
                        {"begin", tensor.begin},
                        {"end", tensor.end}});
    return list;
}

Json runObject(const RunTimeline& run) {
    return {{"width", run.width},
            {"peak", run.peak},
            {"spans", spanList(run.spans)},
            {"timeline", timelineList(run.points)}};
}

Json phaseObject(const PhaseForecast& phase) {
    return {{"peak_allocated", phase.peakAllocated}, {"peak_reserved", phase.peakReserved}};
}

Json phasesObject(const Forecast& forecast) {
    Json object;
    for (const RunPhase phase : allRunPhases)
        object[runPhaseName(phase)] = phaseObject(forecast.phase(phase));
    return object;
}

Json cardObject(const Card& card) {
    return {
        {"name", card.name},
        {"capacity", card.capacity},
        {"compute_capability", std::to_string(card.computeMajor) + "." + std::to_string(card.computeMinor)},
        {"multiprocessors", card.multiprocessors},
        {"context_low", card.contextLow},
        {"context_high", card.contextHigh},
        {"context_measured", card.contextMeasured}};
}

Json bytesByPhase(const StepCost& cost) {
    return {{"forward", cost.forward.bytes},
            {"recompute", cost.recompute.bytes},
            {"backward", cost.backward.bytes},
            {"update", cost.update.bytes}};
}

Json timeObject(const std::optional<StepTime>& time) {
    if (!time)
        return {};
    const auto range = [](const TimeRange& seconds) {
        return Json{{"low", seconds.low}, {"expected", seconds.seconds}, {"high", seconds.high}};
    };
    return {{"source", timeSourceName(time->source)},
            {"step", range(time->step)},
            {"update", range(time->update)},
            {"epoch", range(time->epoch)},
            {"run", range(time->run)}};
}

/// Adds what is known only after a measured run.
void addMeasured(Json& object, const Forecast& forecast) {
    object["measurements"] = forecast.measurements;
    if (forecast.measurements > 0)
        object["last_error"] = forecast.lastError;
}

Json forecastObject(const Forecast& forecast, const Card& card) {
    const bool whole = forecast.minimumCapacity > 0;
    Json object{{"verdict", verdictName(forecast.verdict)},
                {"card", cardObject(card)},
                {"peak_allocated", forecast.peakAllocated},
                {"peak_reserved", forecast.peakReserved},
                {"minimum_capacity", whole ? Json(forecast.minimumCapacity) : Json()},
                {"device_total", forecast.deviceTotal},
                {"device_total_low", forecast.deviceTotalLow},
                {"parts", partsObject(forecast.parts)},
                {"phases", phasesObject(forecast)},
                {"separation", whole ? phaseObject(forecast.separation) : Json()},
                {"paused", forecast.paused.peakReserved > 0 ? phaseObject(forecast.paused) : Json()},
                {"forward_flops", forecast.cost.forward.allFlops()},
                {"recompute_flops", forecast.cost.recompute.allFlops()},
                {"backward_flops", forecast.cost.backward.allFlops()},
                {"update_flops", forecast.cost.update.allFlops()},
                {"bytes_moved", forecast.cost.total().bytes},
                {"bytes_moved_by_phase", bytesByPhase(forecast.cost)},
                {"operator_calls", forecast.cost.total().calls},
                {"time", timeObject(forecast.time)},
                {"disk_bytes", forecast.diskBytes},
                {"events", forecast.events},
                {"peak_event", forecast.peakEvent},
                {"largest", largestList(forecast)},
                {"spans", spanList(forecast.spans)},
                {"timeline", timelineList(forecast.timeline)},
                {"run", runObject(forecast.run)},
                {"elapsed_ms", forecast.elapsedMs}};
    addMeasured(object, forecast);
    if (forecast.reserve > 0)
        object["reserve"] = forecast.reserve;
    if (forecast.exchangeHigh > 0)
        object["exchange"] = {{"low", forecast.exchangeLow}, {"high", forecast.exchangeHigh}};
    return object;
}

} // namespace

std::string toJson(const Forecast& forecast, const Card& card) {
    return forecastObject(forecast, card).dump();
}

std::string toJson(const std::vector<Fit>& fits, const Card& card) {
    Json list = Json::array();
    for (const Fit& fit : fits) {
        Json changes = Json::array();
        for (const Fit::Change& change : fit.changes)
            changes.push_back({{"key", change.key}, {"before", change.before}, {"after", change.after}});
        list.push_back({{"changes", std::move(changes)},
                        {"relative_step_time", fit.relativeStepTime},
                        {"forecast", forecastObject(fit.forecast, card)}});
    }
    return list.dump();
}

} // namespace headroom
