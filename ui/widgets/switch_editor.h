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
    std::vector<KnobValue> candidates() const override { return {false, true}; }
    void showForecasts(const std::vector<std::optional<StopForecast>>& forecasts) override;

private:
    QCheckBox* box_;
    std::vector<std::optional<StopForecast>> forecasts_;
};

} // namespace headroom::ui
