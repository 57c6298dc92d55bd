#pragma once

#include "ui/configuration/option_editor.h"

class QCheckBox;

namespace headroom::ui {

/// On or off, with what the other way would take beside it.
class SwitchEditor : public OptionEditor {
    Q_OBJECT

public:
    SwitchEditor(ConfigModel& model, const Option& option, QWidget* parent);

    void read() override;
    QWidget* field() override;
    void showForecasts(const StopForecasts& forecasts, bool fresh) override;

private:
    QCheckBox* box_;
    StopForecasts forecasts_;
    bool fresh_ = true;
};

} // namespace headroom::ui
