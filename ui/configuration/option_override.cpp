// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_override.h"

#include <QCoreApplication>

namespace headroom::ui {
namespace {

QString translatedOverride(const char* text) {
    return QCoreApplication::translate("Option", text);
}

} // namespace

std::optional<OptionOverride> overrideOf(const RunConfig& config, const Option& option) {
    const ModelConfig& model = config.model;
    if (option.key == "model.num_subbands" && !model.freqsPerBands.empty())
        return OptionOverride{
            static_cast<std::int64_t>(model.freqsPerBands.size()),
            translatedOverride(QT_TRANSLATE_NOOP("Option", "from list")),
            translatedOverride(QT_TRANSLATE_NOOP(
                "Option", "Set by the length of “Band widths”. Clear that list to set the number here."))};
    if (option.key == "model.recompute_layers" && model.useGradientCheckpointing)
        return OptionOverride{
            static_cast<std::int64_t>(model.numLayers),
            translatedOverride(QT_TRANSLATE_NOOP("Option", "all")),
            translatedOverride(QT_TRANSLATE_NOOP(
                "Option", "“Recompute all layers” is on. Turn it off to set the number here."))};
    if (option.key == "model.kept_layers" && model.keptActivations == Kept::Input)
        return OptionOverride{0, translatedOverride(QT_TRANSLATE_NOOP("Option", "nothing kept")),
                              translatedOverride(QT_TRANSLATE_NOOP(
                                  "Option", "“Keep” is input. Choose more to set the number here."))};
    return std::nullopt;
}

} // namespace headroom::ui
