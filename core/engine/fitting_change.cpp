// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/fitting_change.h"

#include "core/forecast/fit_search.h"
#include "core/model/compute_device.h"
#include "core/monitor/available_card.h"
#include "core/support/bytes.h"

#include <fmt/format.h>

namespace headroom {
namespace {

std::string bytesText(std::int64_t bytes) {
    return formatBytes(static_cast<std::uint64_t>(bytes));
}

} // namespace

std::string fittingChange(const RunConfig& config, const std::string& device, const std::stop_token& stop) {
    const ForecastRequest request{.config = config, .card = availableCard(computeDevice(device).device)};
    const auto fits = searchFits(request, stop);
    if (!fits || fits->empty() || fits->front().changes.empty())
        return {};
    const Fit& fit = fits->front();
    std::string changes;
    for (const Fit::Change& change : fit.changes)
        changes += fmt::format("{}{}={}", changes.empty() ? "" : ", ", change.key, change.after);
    return fmt::format("Set {}: by the forecast, a step then needs {} of the available {}.", changes,
                       bytesText(fit.forecast.peakAllocated), bytesText(request.card.capacity));
}

} // namespace headroom
