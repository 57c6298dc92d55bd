#pragma once

#include <QDialog>

class QComboBox;

namespace headroom::ui {

class ForecastModel;
class NumberBox;
class Theme;

/// Look, language, and what forecasts assume. Changes take effect at once. GUI thread.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    /// @param forecast null where nothing is forecast
    PreferencesDialog(Theme& theme, ForecastModel* forecast, QWidget* parent);

private:
    QComboBox* makeThemes(Theme& theme);
    QComboBox* makeLanguages();
    NumberBox* makeOthers(ForecastModel& forecast);
};

} // namespace headroom::ui
