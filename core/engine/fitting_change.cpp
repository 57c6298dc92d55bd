// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/fitting_change.h"

#include "core/config/option_table.h"
#include "core/forecast/fit_search.h"
#include "core/model/compute_device.h"
#include "core/monitor/available_card.h"
#include "core/support/bytes.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

std::string bytesText(std::int64_t bytes) {
    return formatBytes(static_cast<std::uint64_t>(bytes));
}

bool needsNewRun(const Fit& fit) {
    return std::ranges::any_of(fit.changes, [](const Fit::Change& change) {
        return findOption(change.key)->takesEffect == TakesEffect::NewRun;
    });
}

} // namespace

std::string fittingChange(const RunConfig& config, const std::string& device, const std::stop_token& stop) {
    const ForecastRequest request{.config = config, .card = availableCard(computeDevice(device).device)};
    const auto fits = searchFits(request, stop);
    if (!fits || fits->empty() || fits->front().changes.empty())
        return {};
    return remedyOf(*fits, request.card.capacity);
}

std::string remedyOf(const std::vector<Fit>& fits, std::int64_t available) {
    const auto resumable = std::ranges::find_if_not(fits, needsNewRun);
    const Fit& fit = resumable == fits.end() ? fits.front() : *resumable;
    std::string changes;
    for (const Fit::Change& change : fit.changes)
        changes += fmt::format("{}{}={}", changes.empty() ? "" : ", ", change.key, change.after);
    return fmt::format("{} {}: by the forecast, a step then needs {} of the available {}.",
                       resumable == fits.end() ? "Start a new run with" : "Set", changes,
                       bytesText(fit.forecast.peakAllocated), bytesText(available));
}

} // namespace headroom
