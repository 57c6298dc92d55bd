#include "ui/models/knob_override.h"

#include <QCoreApplication>

namespace headroom::ui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Knob", text);
}

} // namespace

std::optional<KnobOverride> overrideOf(const RunConfig& config, const Knob& knob) {
    const ModelConfig& model = config.model;
    if (knob.key == "model.num_subbands" && !model.freqsPerBands.empty())
        return KnobOverride{static_cast<std::int64_t>(model.freqsPerBands.size()),
                            translated(QT_TRANSLATE_NOOP("Knob", "from list")),
                            translated(QT_TRANSLATE_NOOP(
                                "Knob", "“Band widths” is a list of this many. Empty it to choose here."))};
    if (knob.key == "model.recompute_layers" && model.useGradientCheckpointing)
        return KnobOverride{
            static_cast<std::int64_t>(model.numLayers), translated(QT_TRANSLATE_NOOP("Knob", "all")),
            translated(QT_TRANSLATE_NOOP(
                "Knob", "“Recompute all layers” is on. Turn it off to choose how many here."))};
    return std::nullopt;
}

} // namespace headroom::ui
