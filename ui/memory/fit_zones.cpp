// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/fit_zones.h"

#include "core/config/option.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_candidates.h"
#include "ui/configuration/option_groups.h"
#include "ui/memory/forecast_model.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace headroom::ui {
namespace {

/// Number of gaps between the candidates of the first round.
constexpr std::size_t firstGaps = 4;

/// The options that affect memory; those that the panel shows first come first.
std::vector<const Option*> watchedOptions() {
    std::vector<const Option*> main;
    std::vector<const Option*> more;
    for (const OptionGroup& group : optionGroups()) {
        main.insert(main.end(), group.main.begin(), group.main.end());
        more.insert(more.end(), group.more.begin(), group.more.end());
    }
    main.insert(main.end(), more.begin(), more.end());
    std::erase_if(main, [](const Option* option) {
        // With a locked effective batch, accumulation changes the batch size.
        return !option->affects.memory && option->key != "training.gradient_accumulation_steps";
    });
    return main;
}

/// From the lower end of one to the upper end of the other; absent if one is unknown.
std::optional<TimeRange> covering(const std::optional<TimeRange>& a, const std::optional<TimeRange>& b) {
    if (!a || !b)
        return std::nullopt;
    return TimeRange{std::min(a->low, b->low), std::midpoint(a->seconds, b->seconds),
                     std::max(a->high, b->high)};
}

/// Fills each gap between two known values that have the same verdict with that verdict.
StopForecasts filledGaps(const StopForecasts& known) {
    StopForecasts full = known;
    std::size_t last = known.size();
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!known[i])
            continue;
        if (last < i && known[last]->verdict == known[i]->verdict)
            std::fill(full.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                      full.begin() + static_cast<std::ptrdiff_t>(i),
                      StopForecast{known[i]->verdict, {}, covering(known[last]->epoch, known[i]->epoch)});
        last = i;
    }
    return full;
}

} // namespace

FitZones::FitZones(ForecastModel& forecast, const ConfigModel& config)
    : forecast_(forecast), config_(config) {
    for (const Option* option : watchedOptions())
        zones_.push_back({.option = option});
    connect(&forecast, &ForecastModel::settled, this, &FitZones::restart);
    connect(&forecast, &ForecastModel::cardChanged, this, &FitZones::invalidate);
    connect(&forecast, &ForecastModel::changed, this, &FitZones::emitChanges);
    connect(&config, &ConfigModel::changed, this, &FitZones::updateFreshness);
    connect(&config, &ConfigModel::effectiveBatchLockChanged, this, &FitZones::restart);
    connect(&forecast.bridge(), &ForecastBridge::surveyed, this,
            [this](std::size_t index, const Forecast& totals) { addAnswer(index, stopForecast(totals)); });
    connect(&forecast.bridge(), &ForecastBridge::surveyRefused, this,
            [this](std::size_t index) { addAnswer(index, std::nullopt); });
}

const FitZones::Zone* FitZones::find(const Option& option) const {
    const auto zone = std::find_if(zones_.begin(), zones_.end(),
                                   [&option](const Zone& each) { return each.option->key == option.key; });
    return zone == zones_.end() ? nullptr : &*zone;
}

StopForecasts FitZones::zones(const Option& option) const {
    const Zone* zone = find(option);
    return zone == nullptr ? StopForecasts{} : withCurrentValue(*zone);
}

bool FitZones::fresh(const Option& option) const {
    const Zone* zone = find(option);
    return zone != nullptr && zone->fresh;
}

StopForecasts FitZones::withCurrentValue(const Zone& zone) const {
    const std::vector<OptionValue> candidates = optionCandidates(config_, *zone.option);
    StopForecasts shown = zone.shown;
    if (shown.size() != candidates.size())
        shown.assign(candidates.size(), std::nullopt);
    const auto present = std::find(candidates.begin(), candidates.end(), zone.option->get(config_.config()));
    const auto& forecast = forecast_.forecast();
    if (present != candidates.end() && forecast != nullptr && forecast_.problem().isEmpty())
        shown[static_cast<std::size_t>(present - candidates.begin())] = stopForecast(*forecast);
    const bool nothing =
        std::none_of(shown.begin(), shown.end(), [](const auto& each) { return each.has_value(); });
    return nothing ? StopForecasts{} : shown;
}

/// Marks the zones of other configurations as out of date.
void FitZones::updateFreshness() {
    for (Zone& zone : zones_)
        zone.fresh = zone.answered && !zone.candidates.empty() && withoutOption(*zone.option) == zone.base;
    emitChanges();
}

void FitZones::emitChanges() {
    for (Zone& zone : zones_) {
        StopForecasts zones = withCurrentValue(zone);
        if (zones == zone.emittedZones && zone.fresh == zone.emittedFresh)
            continue;
        zone.emittedZones = std::move(zones);
        zone.emittedFresh = zone.fresh;
        Q_EMIT changed(zone.option);
    }
}

/// After a change of the card. The zones stay visible, marked as out of date.
void FitZones::invalidate() {
    for (Zone& zone : zones_) {
        zone.candidates.clear();
        zone.answered = false;
        zone.fresh = false;
    }
    emitChanges();
}

void FitZones::restart() {
    for (Zone& zone : zones_) {
        RunConfig base = withoutOption(*zone.option);
        std::vector<OptionValue> candidates = optionCandidates(config_, *zone.option);
        if (base == zone.base && candidates == zone.candidates)
            continue;
        if (candidates != zone.candidates && !zone.candidates.empty())
            zone.shown.clear();
        zone.base = std::move(base);
        zone.candidates = std::move(candidates);
        zone.asked.assign(zone.candidates.size(), false);
        zone.known.assign(zone.candidates.size(), std::nullopt);
        zone.answered = zone.fresh = false;
    }
    emitChanges();
    askMissing();
}

/// One round of forecasts, over all options.
void FitZones::askMissing() {
    questions_.clear();
    answers_ = 0;
    std::vector<ForecastRequest> requests;
    for (std::size_t z = 0; z < zones_.size(); ++z)
        for (const std::size_t candidate : missing(zones_[z])) {
            questions_.push_back({z, candidate});
            requests.push_back(
                forecast_.requestFor(config_.with(*zones_[z].option, zones_[z].candidates[candidate])));
        }
    if (!requests.empty())
        forecast_.bridge().survey(std::move(requests));
}

/// First evenly spaced candidates, then the middle of each gap in which the verdict changes.
std::vector<std::size_t> FitZones::missing(const Zone& zone) const {
    const std::size_t count = zone.candidates.size();
    std::vector<std::size_t> wanted;
    if (count == 0)
        return wanted;
    const std::size_t gaps = std::min(firstGaps, count - 1);
    for (std::size_t i = 0; i <= gaps; ++i)
        wanted.push_back(gaps == 0 ? 0 : i * (count - 1) / gaps);
    std::size_t last = count;
    for (std::size_t i = 0; i < count; ++i) {
        if (!zone.known[i])
            continue;
        if (last < i && zone.known[last]->verdict != zone.known[i]->verdict)
            wanted.push_back((last + i) / 2);
        last = i;
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    std::erase_if(wanted, [&zone](std::size_t candidate) { return zone.asked[candidate]; });
    return wanted;
}

void FitZones::addAnswer(std::size_t index, const std::optional<StopForecast>& answer) {
    const Question& question = questions_[index];
    Zone& zone = zones_[question.zone];
    zone.asked[question.candidate] = true;
    zone.known[question.candidate] = answer;
    const bool lastOfItsOption =
        index + 1 == questions_.size() || questions_[index + 1].zone != question.zone;
    if (lastOfItsOption) {
        zone.shown = filledGaps(zone.known);
        zone.answered = true;
        zone.fresh = withoutOption(*zone.option) == zone.base;
        emitChanges();
    }
    if (++answers_ == questions_.size())
        askMissing();
}

/// The configuration with this option, and the options that change with it, at fixed values. Two
/// configurations that differ only in these options give the same result.
RunConfig FitZones::withoutOption(const Option& option) const {
    RunConfig config = config_.config();
    option.set(config, option.defaultValue());
    if (!config_.lockedValues(option).empty()) {
        config.training.batchSize = 1;
        config.training.gradientAccumulationSteps = config_.effectiveBatch();
    }
    return config;
}

} // namespace headroom::ui
