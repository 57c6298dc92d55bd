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

/// One figure, or one advice, of the guide that trains BSMamba2 on a card of 32 GB, and what is true of it.
struct GuideFigure {
    std::string key = {};  ///< "parameters_before", for translations and programs
    std::string text = {}; ///< what it is of, in English
    GuideUnit unit = GuideUnit::Number;
    std::optional<double> low = {};  ///< what the guide says; absent: an advice without a figure
    std::optional<double> high = {}; ///< the same as low, or the end of its range; absent: "more than low"
    std::optional<double> here = {}; ///< computed; absent: not measured here
};

/// All of them as one line of JSON, without the newline. What there is no figure for is null.
std::string toJson(const std::vector<GuideFigure>& figures);

/// "number", "bytes", "percent" or "decibel".
const char* guideUnitName(GuideUnit unit);

} // namespace headroom
