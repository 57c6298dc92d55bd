// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QComboBox;

namespace headroom::ui {

class ForecastModel;
class NumberBox;
class Theme;

/// Theme, language, and assumptions of the forecast. Changes apply immediately; the language at the next
/// start. GUI thread.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    /// @param forecast null without a forecast service
    PreferencesDialog(Theme& theme, ForecastModel* forecast, QWidget* parent);

private:
    QComboBox* makeThemes(Theme& theme);
    QComboBox* makeLanguages();
    NumberBox* makeOthers(ForecastModel& forecast);
};

} // namespace headroom::ui
