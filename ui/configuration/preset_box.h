// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/configuration/presets.h"

#include <QComboBox>

namespace headroom::ui {

class ConfigModel;

/// Selects a preset; also shows the name of the open file. GUI thread.
class PresetBox : public QComboBox {
    Q_OBJECT

public:
    explicit PresetBox(ConfigModel& model, QWidget* parent = nullptr);

private:
    void read();
    void choose(int index);

    ConfigModel& model_;
    std::vector<Preset> presets_;
};

} // namespace headroom::ui
