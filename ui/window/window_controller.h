// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace headroom::ui {

class ForecastModel;
class MainWindow;
class Theme;

/// Manages the window itself: theme, full screen, preferences, help, and stored geometry. GUI thread.
class WindowController : public QObject {
    Q_OBJECT

public:
    /// @param forecast null without a forecast service  @param window,theme outlive this
    WindowController(MainWindow& window, Theme& theme, ForecastModel* forecast);
    ~WindowController() override;

private:
    void addViewActions();
    void addThemeMenu();
    void addHelpActions();
    void restore();

    MainWindow& window_;
    Theme& theme_;
    ForecastModel* forecast_;
};

} // namespace headroom::ui
