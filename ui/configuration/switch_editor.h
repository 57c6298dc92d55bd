// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/configuration/option_editor.h"

class QCheckBox;

namespace headroom::ui {

/// Editor of a Boolean: a check box with the forecast of the other state.
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
