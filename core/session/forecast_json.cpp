#include "core/session/forecast_json.h"

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

Json timelineList(const Forecast& forecast) {
    Json list = Json::array();
    for (const TimelinePoint& point : forecast.timeline)
        list.push_back(
            {{"event", point.event}, {"parts", partsObject(point.parts)}, {"reserved", point.reserved}});
    return list;
}

Json spanList(const Forecast& forecast) {
    Json list = Json::array();
    for (const TimelineSpan& span : forecast.spans)
        list.push_back(
            {{"phase", span.phase}, {"module", span.module}, {"begin", span.begin}, {"end", span.end}});
    return list;
}

Json largestList(const Forecast& forecast) {
    Json list = Json::array();
    for (const LargeTensor& tensor : forecast.largest)
        list.push_back({{"module", tensor.module},
                        {"part", memoryPartName(tensor.part)},
                        {"bytes", tensor.bytes},
                        {"count", tensor.count},
                        {"begin", tensor.begin},
                        {"end", tensor.end}});
    return list;
}

Json passObject(const PassForecast& pass) {
    return {{"peak_allocated", pass.peakAllocated}, {"peak_reserved", pass.peakReserved}};
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

Json timeObject(const std::optional<StepTime>& time) {
    if (!time)
        return nullptr;
    return {{"step_s", time->seconds},
            {"step_s_low", time->low},
            {"step_s_high", time->high},
            {"epoch_s", time->epochSeconds},
            {"run_s", time->runSeconds}};
}

Json forecastObject(const Forecast& forecast, const Card& card) {
    const bool whole = !forecast.timeline.empty();
    return {{"verdict", verdictName(forecast.verdict)},
            {"card", cardObject(card)},
            {"peak_allocated", forecast.peakAllocated},
            {"peak_reserved", forecast.peakReserved},
            {"minimum_capacity", whole ? Json(forecast.minimumCapacity) : Json()},
            {"device_total", forecast.deviceTotal},
            {"device_total_low", forecast.deviceTotalLow},
            {"parts", partsObject(forecast.parts)},
            {"validation", whole ? passObject(forecast.validation) : Json()},
            {"separation", whole ? passObject(forecast.separation) : Json()},
            {"forward_flops", forecast.forwardFlops},
            {"recompute_flops", forecast.recomputeFlops},
            {"backward_flops", forecast.backwardFlops},
            {"time", timeObject(forecast.time)},
            {"disk_bytes", forecast.diskBytes},
            {"events", forecast.events},
            {"peak_event", forecast.peakEvent},
            {"largest", largestList(forecast)},
            {"spans", spanList(forecast)},
            {"timeline", timelineList(forecast)},
            {"elapsed_ms", forecast.elapsedMs}};
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
