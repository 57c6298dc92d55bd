#pragma once

#include "ui/widgets/knob_editor.h"

namespace headroom::ui {

class KnobSlider;
class NumberBox;

/// A number: spin box and, where it has stops, a slider below.
class NumberEditor : public KnobEditor {
    Q_OBJECT

public:
    NumberEditor(ConfigModel& model, const Knob& knob, const Theme& theme, QWidget* parent);

    void read() override;
    QWidget* field() override;
    QWidget* below() override;
    void showForecasts(const StopForecasts& forecasts, bool fresh) override;

private:
    void setStops(std::vector<double> stops);
    void write(double number);
    KnobValue toValue(double number) const;

    std::vector<double> stops_;
    NumberBox* box_;
    KnobSlider* slider_ = nullptr; ///< null where the knob has no stops
};

} // namespace headroom::ui
