#pragma once

#include "core/config/run_config.h"

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

/// When a change of a knob takes effect.
enum class TakesEffect {
    NextStep,  ///< while the run is going
    NextStart, ///< when the run is carried on
    NewRun,    ///< only in a new run: what was trained before would not fit what comes after
};

/// What a knob has an influence on.
struct Affects {
    bool memory = false;
    bool speed = false;
    bool quality = false;
};

/// The value of any knob. Which alternative: by OptionType, Choice and Text being text, and Validation one of
/// text, number and list of texts.
using OptionValue =
    std::variant<std::int64_t, double, bool, std::string, std::vector<int>, std::vector<std::string>>;

/// One field of RunConfig: its name, bounds and explanation. YAML, --set, sliders, tooltips and the reference
/// are all made from these.
struct Option {
    std::string key; ///< "training.batch_size"
    OptionType type = OptionType::Text;
    std::string unit; ///< "s", "Hz"; empty: a plain number or no number
    double min = 0;   ///< smallest allowed number, or number in a list
    double max = 0;   ///< largest
    double step = 0;  ///< of a slider; finer values are allowed
    std::vector<std::string> choices;
    Affects affects;
    TakesEffect takesEffect = TakesEffect::NewRun;
    std::string description; ///< one sentence, without full stop
    std::string guide; ///< what the 32 GB guide sets it to, before -> after -> further; empty: not its knob

    std::function<OptionValue(const RunConfig&)> get;
    std::function<void(RunConfig&, const OptionValue&)>
        set; ///< takes what `get` gives; bounds are not checked

    std::string section() const { return key.substr(0, key.find('.')); }
    std::string name() const { return key.substr(key.find('.') + 1); }
    OptionValue defaultValue() const { return get(RunConfig{}); }
};

} // namespace headroom
