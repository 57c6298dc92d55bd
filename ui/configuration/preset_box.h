#pragma once

#include "ui/configuration/presets.h"

#include <QComboBox>

namespace headroom::ui {

class ConfigModel;

/// The settings that the program brings along, and the file that was opened last. GUI thread.
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
