#include "ui/configuration/option_override.h"

#include <QCoreApplication>

namespace headroom::ui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Option", text);
}

} // namespace

std::optional<OptionOverride> overrideOf(const RunConfig& config, const Option& option) {
    const ModelConfig& model = config.model;
    if (option.key == "model.num_subbands" && !model.freqsPerBands.empty())
        return OptionOverride{static_cast<std::int64_t>(model.freqsPerBands.size()),
                              translated(QT_TRANSLATE_NOOP("Option", "from list")),
                              translated(QT_TRANSLATE_NOOP(
                                  "Knob", "“Band widths” is a list of this many. Empty it to choose here."))};
    if (option.key == "model.recompute_layers" && model.useGradientCheckpointing)
        return OptionOverride{
            static_cast<std::int64_t>(model.numLayers), translated(QT_TRANSLATE_NOOP("Option", "all")),
            translated(QT_TRANSLATE_NOOP(
                "Knob", "“Recompute all layers” is on. Turn it off to choose how many here."))};
    return std::nullopt;
}

} // namespace headroom::ui
