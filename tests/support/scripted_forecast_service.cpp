// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_forecast_service.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace headroom::test {
namespace {

constexpr std::int64_t mib = std::int64_t{1} << 20;
constexpr std::int64_t gib = std::int64_t{1} << 30;

std::int64_t& part(std::array<std::int64_t, memoryParts>& parts, MemoryPart which) {
    return parts[static_cast<std::size_t>(which)];
}

struct Sizes {
    std::int64_t parameters;
    std::int64_t kept; ///< of one layer
    std::int64_t working;
};

Sizes sizesOf(const RunConfig& config) {
    const double activation = config.training.batchSize * config.model.numSubbands *
                              config.audio.segmentLength * 100.0 * config.model.hiddenDim *
                              (config.training.precision == Precision::Bf16 ? 2 : 4);
    const double perLayer = 14.0 * config.model.hiddenDim * config.model.hiddenDim * 4;
    const double kept = config.model.useGradientCheckpointing ? 2 * activation : 40 * activation;
    return {static_cast<std::int64_t>((config.model.numLayers + 2) * perLayer * 1.6),
            static_cast<std::int64_t>(kept), static_cast<std::int64_t>(6 * activation)};
}

class Timeline {
public:
    explicit Timeline(const RunConfig& config) : sizes_(sizesOf(config)) {
        part(now_.parts, MemoryPart::Workspaces) = 72 * mib;
        part(now_.parts, MemoryPart::Parameters) = sizes_.parameters;
        part(now_.parts, MemoryPart::Gradients) = sizes_.parameters;
        part(now_.parts, MemoryPart::OptimizerState) = 2 * sizes_.parameters;
        part(now_.parts, MemoryPart::Batch) = 16 * mib;
        add("forward", "stft", 0);
        for (int layer = 0; layer < config.model.numLayers; ++layer)
            add("forward", "dual_path." + std::to_string(layer), sizes_.kept);
        add("forward", "mask_estimator", sizes_.kept / 2);
        add("forward", "loss", sizes_.kept / 2);
        add("backward", "loss", -sizes_.kept / 2);
        add("backward", "mask_estimator", -sizes_.kept / 2);
        for (int layer = config.model.numLayers - 1; layer >= 0; --layer)
            add("backward", "dual_path." + std::to_string(layer), -sizes_.kept);
        add("update", "optimizer", 0);
    }

    /// What lives during the step: of each layer what it keeps, and the training state.
    StepTensors tensors() const {
        StepTensors tensors{.owners = {{"empty"}}};
        for (const MemoryPart state : {MemoryPart::Parameters, MemoryPart::Gradients})
            tensors.lives.push_back({0, state, sizes_.parameters, 0, event_});
        for (const TimelineSpan& span : spans_) {
            const auto back = std::ranges::find_if(spans_, [&](const TimelineSpan& other) {
                return other.phase == "backward" && other.module == span.module;
            });
            if (span.phase != "forward" || back == spans_.end())
                continue;
            const auto owner = static_cast<std::int32_t>(tensors.owners.size());
            const auto dot = span.module.find('.');
            tensors.owners.push_back({span.module.substr(0, dot)});
            if (dot != std::string::npos)
                tensors.owners.back().push_back(span.module.substr(dot + 1));
            tensors.owners.back().emplace_back("mm");
            tensors.lives.push_back(
                {owner, MemoryPart::SavedActivations, sizes_.kept, span.end, back->begin});
        }
        return tensors;
    }

    void into(Forecast& forecast) const {
        forecast.timeline = points_;
        forecast.spans = spans_;
        forecast.tensors = tensors();
        forecast.events = points_.back().event + 1;
        const auto peak = std::max_element(points_.begin(), points_.end(), [](const auto& a, const auto& b) {
            return a.allocated() < b.allocated();
        });
        forecast.peakEvent = peak->event;
        forecast.parts = peak->parts;
        forecast.peakAllocated = peak->allocated();
        forecast.peakReserved = (forecast.peakAllocated / (64 * mib) + 2) * 64 * mib;
        forecast.phases.fill({forecast.peakAllocated / 8, forecast.peakReserved / 8});
        forecast.phases[static_cast<std::size_t>(RunPhase::Step)] = {forecast.peakAllocated,
                                                                     forecast.peakReserved};
        for (TimelinePoint& point : forecast.timeline) {
            point.reserved = forecast.peakReserved;
            point.free = {.blocks = 4, .largest = std::int64_t{1} << 30};
        }
        addRun(forecast, *peak);
    }

private:
    /// The steps take what the step takes, the other phases an eighth.
    static void addRun(Forecast& forecast, const TimelinePoint& peak) {
        RunTimeline& run = forecast.run;
        const auto addPhase = [&](const std::string& phase, const std::string& module, int share) {
            constexpr std::int64_t places = 20;
            TimelinePoint point{
                .event = run.width, .parts = peak.parts, .reserved = forecast.peakReserved / share};
            for (std::int64_t& bytes : point.parts)
                bytes /= share;
            run.points.push_back(point);
            run.spans.push_back({phase, module, run.width, run.width + places});
            run.width += places;
        };
        addPhase("start", "", 8);
        addPhase("trial", "", 8);
        run.peak = run.width;
        addPhase("first_step", "forward", 1);
        addPhase("first_step", "backward", 1);
        addPhase("validation", "", 8);
        addPhase("checkpoint", "", 8);
    }

    void add(const std::string& phase, const std::string& module, std::int64_t kept) {
        const std::int64_t begin = event_;
        constexpr int teeth = 12;
        for (int i = 0; i < teeth; ++i) {
            part(now_.parts, MemoryPart::SavedActivations) += kept / teeth;
            for (const int share : {1, 3, 0}) {
                part(now_.parts, MemoryPart::Temporaries) = sizes_.working * share / 3;
                now_.event = event_++;
                points_.push_back(now_);
            }
        }
        spans_.push_back({phase, module, begin, event_});
    }

    Sizes sizes_;
    TimelinePoint now_;
    std::vector<TimelinePoint> points_;
    std::vector<TimelineSpan> spans_;
    std::int64_t event_ = 0;
};

} // namespace

Forecast fakeForecast(const ForecastRequest& request) {
    Forecast forecast;
    forecast.number = request.number;
    Timeline(request.config).into(forecast);
    forecast.deviceTotal = request.card.contextHigh + forecast.peakReserved + request.others;
    forecast.deviceTotalLow = request.card.contextLow + forecast.peakReserved + request.others;
    forecast.verdict = verdictOf(forecast.deviceTotal, request.card.capacity);
    for (std::size_t i = 0; i < memoryParts; ++i)
        if (forecast.parts[i] > 0)
            forecast.largest.push_back({"dual_path.0.time / mm", "5 x 62 x 801 x 256 bf16", allMemoryParts[i],
                                        forecast.parts[i], 3, forecast.events / 4, forecast.events / 2});
    std::sort(forecast.largest.begin(), forecast.largest.end(),
              [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    if (request.card.computeMajor > 0) {
        const double update = 2 + 1e-9 * static_cast<double>(forecast.peakAllocated);
        forecast.time =
            stepTime({update, 1.5 * update, 2 * update}, TimeSource::Published, request.config.training);
    }
    if (request.detail == ForecastDetail::Totals) {
        forecast.timeline.clear();
        forecast.run = {};
    }
    return forecast;
}

void ScriptedForecastService::request(const ForecastRequest& request, Answer answer) {
    requests.emplace_back(request, std::move(answer));
    if (prompt)
        answerRequest();
}

void ScriptedForecastService::survey(std::vector<ForecastRequest> asked, Answer answer) {
    surveyed.clear();
    for (ForecastRequest& each : asked)
        surveyed.emplace_back(std::move(each), answer);
    while (prompt && !surveyed.empty())
        answerSurvey();
}

void ScriptedForecastService::fit(const ForecastRequest& request,
                                  std::function<void(std::uint64_t, const std::vector<Fit>&)> answer) {
    answer(request.number, fits);
}

void ScriptedForecastService::guide(const Card&,
                                    std::function<void(const std::vector<GuideFigure>&)> answer) {
    answer(figures);
}

std::vector<Card> ScriptedForecastService::cards() const {
    Card cpu;
    cpu.name = "CPU";
    cpu.capacity = 24 * gib;
    cpu.device = "cpu";
    Card small;
    small.name = "RTX 4060";
    small.capacity = 8 * gib;
    small.computeMajor = 8;
    small.computeMinor = 9;
    small.contextLow = 300 * mib;
    small.contextHigh = 430 * mib;
    Card large = small;
    large.name = "RTX 4090";
    large.capacity = 24 * gib;
    return {cpu, small, large};
}

void ScriptedForecastService::answerRequest() {
    const auto [request, answer] = std::move(requests.front());
    requests.pop_front();
    answer(fakeForecast(request));
}

void ScriptedForecastService::refuseRequest(const std::string& message) {
    const auto [request, answer] = std::move(requests.front());
    requests.pop_front();
    answer(ForecastRefused{request.number, message});
}

void ScriptedForecastService::answerSurvey() {
    const auto [request, answer] = std::move(surveyed.front());
    surveyed.pop_front();
    answer(fakeForecast(request));
}

} // namespace headroom::test
