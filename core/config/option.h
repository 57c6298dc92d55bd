// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace headroom {

enum class OptionType {
    Integer,
    Real,
    Boolean,
    Text,
    Choice, ///< one of `choices`
    IntegerList,
    TextList,
    Validation, ///< ValidationSplit: "musdb18", a share, or a list of songs
};

/// When a change of an option takes effect.
enum class TakesEffect {
    NextStep,  ///< at the next step of a run in progress
    NextStart, ///< when the run is resumed
    NewRun,    ///< only in a new run: the trained state would not match the changed configuration
};

/// What an option influences.
struct Affects {
    bool memory = false;
    bool speed = false;
    bool quality = false;
};

/// The value of any option. OptionType determines the alternative: Text and Choice are std::string,
/// Validation is a string, a double or a list of strings.
using OptionValue =
    std::variant<std::int64_t, double, bool, std::string, std::vector<int>, std::vector<std::string>>;

/// One field of RunConfig: its key, bounds and description. YAML, --set, sliders, tooltips and the reference
/// are all derived from these.
struct Option {
    std::string key; ///< "training.batch_size"
    OptionType type = OptionType::Text;
    std::string unit; ///< "s", "Hz"; empty if there is none
    double min = 0;   ///< smallest allowed number, also for each number of a list
    double max = 0;   ///< largest allowed number
    double step = 0;  ///< step of a slider; values in between are allowed
    std::vector<std::string> choices;
    Affects affects;
    TakesEffect takesEffect = TakesEffect::NewRun;
    std::string description;      ///< one sentence without a period
    std::vector<ModelKind> kinds; ///< the models that have this option; empty: all
    std::string guide;            ///< values of the 32 GB guide, before -> after -> further; empty if none

    std::function<OptionValue(const RunConfig&)> get;
    /// Takes the alternative that `get` returns. Does not check bounds.
    std::function<void(RunConfig&, const OptionValue&)> set;

    bool appliesTo(ModelKind kind) const {
        return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    }
    std::string section() const { return key.substr(0, key.find('.')); }
    std::string name() const { return key.substr(key.find('.') + 1); }
    OptionValue defaultValue() const { return get(RunConfig{}); }
};

} // namespace headroom
