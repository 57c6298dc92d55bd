#pragma once

#include "ui/widgets/knob_editor.h"

class QCheckBox;

namespace headroom::ui {

/// On or off, with what the other way would take beside it.
class SwitchEditor : public KnobEditor {
    Q_OBJECT

public:
    SwitchEditor(ConfigModel& model, const Knob& knob, QWidget* parent);

    void read() override;
    QWidget* field() override;
    void showForecasts(const StopForecasts& forecasts, bool fresh) override;

private:
    QCheckBox* box_;
    StopForecasts forecasts_;
    bool fresh_ = true;
};

} // namespace headroom::ui
