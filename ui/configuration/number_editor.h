// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/configuration/option_editor.h"

namespace headroom::ui {

class OptionSlider;
class NumberBox;

/// Editor of a number: a spin box and, for options with stops, a slider below it.
class NumberEditor : public OptionEditor {
    Q_OBJECT

public:
    NumberEditor(ConfigModel& model, const Option& option, const Theme& theme, QWidget* parent);

    void read() override;
    QWidget* field() override;
    QWidget* below() override;
    void showForecasts(const StopForecasts& forecasts, bool fresh) override;

private:
    void setStops(std::vector<double> stops);
    void write(double number);
    QString textOf(double number) const;
    OptionValue toValue(double number) const;

    std::vector<double> stops_;
    NumberBox* box_;
    OptionSlider* slider_ = nullptr; ///< null if the option has no stops
};

} // namespace headroom::ui
