// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/configuration/option_editor.h"

class QButtonGroup;
class QComboBox;

namespace headroom::ui {

/// Editor of a choice: buttons side by side for two choices, a list for more; each with its forecast.
class ChoiceEditor : public OptionEditor {
    Q_OBJECT

public:
    ChoiceEditor(ConfigModel& model, const Option& option, const Theme& theme, QWidget* parent);

    void read() override;
    QWidget* field() override;
    bool isWide() const override { return buttons_ != nullptr && option_.affects.memory; }
    void showForecasts(const StopForecasts& forecasts, bool fresh) override;

private:
    void makeButtons(QWidget* parent);
    void makeList(QWidget* parent);
    int currentIndex() const;
    void showForecast(int index, const StopForecast* forecast, bool fresh);

    const Theme& theme_;
    QWidget* field_ = nullptr;
    QButtonGroup* buttons_ = nullptr; ///< null if the editor is a list
    QComboBox* list_ = nullptr;       ///< null if the editor is buttons
};

} // namespace headroom::ui
