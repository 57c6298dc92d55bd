#pragma once

#include "ui/configuration/option_editor.h"

class QButtonGroup;
class QComboBox;
class QHBoxLayout;

namespace headroom::ui {

/// A choice among few: buttons side by side, each with its forecast; among more: a list.
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
    int present() const;
    void showForecast(int index, const StopForecast* forecast, bool fresh);

    const Theme& theme_;
    QWidget* field_ = nullptr;
    QButtonGroup* buttons_ = nullptr; ///< null where the choice is a list
    QComboBox* list_ = nullptr;       ///< null where it is buttons
};

} // namespace headroom::ui
