// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/guide.h"

#include <nlohmann/json.hpp>

namespace headroom {
namespace {

nlohmann::ordered_json orNull(const std::optional<double>& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

} // namespace

const char* guideUnitName(GuideUnit unit) {
    switch (unit) {
    case GuideUnit::Number:
        return "number";
    case GuideUnit::Bytes:
        return "bytes";
    case GuideUnit::Percent:
        return "percent";
    case GuideUnit::Decibel:
        return "decibel";
    }
    return "";
}

std::string toJson(const std::vector<GuideFigure>& figures) {
    auto list = nlohmann::ordered_json::array();
    for (const GuideFigure& figure : figures)
        list.push_back({{"key", figure.key},
                        {"text", figure.text},
                        {"unit", guideUnitName(figure.unit)},
                        {"guide_low", orNull(figure.low)},
                        {"guide_high", orNull(figure.high)},
                        {"here", orNull(figure.here)}});
    return list.dump();
}

} // namespace headroom
