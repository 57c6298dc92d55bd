#pragma once

#include <QMainWindow>

class QStackedWidget;
class QTabBar;

namespace headroom::ui {

class Theme;

/// The window: pages under a tab bar. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Theme& theme);

    /// Adds a page after the others, reached by its tab and by Ctrl + its number.
    void addPage(QWidget* page, const QString& title);

private:
    QTabBar* tabs_;
    QStackedWidget* pages_;
};

} // namespace headroom::ui
