// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/preset_box.h"

#include "ui/configuration/config_model.h"
#include "ui/theme/typography.h"

#include <algorithm>

namespace headroom::ui {

PresetBox::PresetBox(ConfigModel& model, QWidget* parent)
    : QComboBox(parent), model_(model), presets_(presets()) {
    setAccessibleName(tr("Preset"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    for (const Preset& preset : presets_) {
        addItem(preset.title);
        setItemData(count() - 1, preset.about, Qt::ToolTipRole);
    }
    connect(this, &QComboBox::activated, this, &PresetBox::choose);
    connect(&model, &ConfigModel::changed, this, &PresetBox::read);
    read();
}

/// Shows a configuration that is not a preset as an additional last item.
void PresetBox::read() {
    const auto found = std::find_if(presets_.begin(), presets_.end(), [this](const Preset& preset) {
        return preset.file == model_.baselineFile();
    });
    const int presets = static_cast<int>(presets_.size());
    while (count() > presets)
        removeItem(presets);
    if (found == presets_.end())
        addItem(model_.baselineName());
    setCurrentIndex(static_cast<int>(found - presets_.begin()));
    setToolTip(currentData(Qt::ToolTipRole).toString());
}

void PresetBox::choose(int index) {
    if (index < static_cast<int>(presets_.size()))
        model_.usePreset(presets_[static_cast<std::size_t>(index)]);
}

} // namespace headroom::ui
