#pragma once

#include <QObject>

namespace headroom::ui {

class ForecastModel;
class MainWindow;
class Theme;

/// The part of the studio that is about the window itself: look, full screen, preferences, help, and where
/// everything was last time. GUI thread.
class WindowController : public QObject {
    Q_OBJECT

public:
    /// @param forecast null where nothing is forecast; @param theme,window outlive this
    WindowController(MainWindow& window, Theme& theme, ForecastModel* forecast);
    ~WindowController() override;

private:
    void addViewActions();
    void addHelpActions();
    void recall();

    MainWindow& window_;
    Theme& theme_;
    ForecastModel* forecast_;
};

} // namespace headroom::ui
