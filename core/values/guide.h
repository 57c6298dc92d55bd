// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace headroom {

enum class GuideUnit {
    Number,
    Bytes,
    Percent,
    Decibel,
};

/// A figure or a piece of advice from the guide to training BSMamba2 on a 32 GB card, beside its
/// forecast.
struct GuideFigure {
    std::string key = {};  ///< "parameters_before"
    std::string text = {}; ///< description in English; also the key of its translation
    GuideUnit unit = GuideUnit::Number;
    std::optional<double> low = {};  ///< the guide's figure; absent for advice without a figure
    std::optional<double> high = {}; ///< equal to low, or the end of the range; absent: "more than low"
    std::optional<double> here = {}; ///< computed on this machine; absent if not measured
};

/// The figures as one line of JSON, without the newline. Absent values are null.
std::string toJson(const std::vector<GuideFigure>& figures);

/// "number", "bytes", "percent" or "decibel".
const char* guideUnitName(GuideUnit unit);

} // namespace headroom
