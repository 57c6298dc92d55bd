// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMainWindow>

#include <functional>
#include <vector>

class QActionGroup;
class QDockWidget;
class QMenu;
class QTabBar;
class QToolBar;
class QVBoxLayout;

namespace headroom::ui {

class PageStack;
class Theme;

/// The main window: menus, tool bar, a dock with the configuration panel, the headroom bar, and pages under a
/// tab bar. Knows nothing about specific pages. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// Layout of the window on a page, until the user changes it.
    struct PageLayout {
        bool configurationOpen = false; ///< shows the configuration panel
        bool compactHeadroom = true;    ///< one line instead of the full headroom bar
    };
    enum class Menu { File, Edit, View, Run, Audio, Help };

    MainWindow();

    /// Appends a page; it is selected with its tab, in the View menu, or with Ctrl and its number.
    void addPage(QWidget* page, const QString& title, const PageLayout& layout);
    void showPage(QWidget* page);

    /// Sets the content of the configuration dock. Call once.
    void setConfigurationPanel(QWidget* panel);
    void showConfiguration();
    /// Whether the configuration panel is open on a page; overrides PageLayout::configurationOpen.
    /// @param page object name
    void setConfigurationOpen(const QString& page, bool open);
    /// Restores the result of saveState(), except for the visibility of the dock, which depends on the page.
    void restoreLayout(const QByteArray& state);
    /// Shows the page with this object name, which does not depend on the language; false if there is none.
    bool showPage(const QString& name);
    /// Sets the widget above the pages. Call once.
    void setHeadroomBar(QWidget* bar);
    PageLayout pageLayout(QWidget* page) const;
    std::vector<QWidget*> pages() const;
    QWidget* currentPage() const; ///< null if there are no pages

    /// Adds an action, which the caller owns. Menus without actions are hidden.
    void addAction(Menu menu, QAction* action);
    /// Adds an action to the first section of the File menu: creating and opening files.
    void addOpenAction(QAction* action);
    /// Adds a dock on the right side, hidden by default, and its action to a menu.
    /// @param name object name, for the stored layout
    void addSideDock(Menu menu, QWidget* content, const QString& title, const QString& name);
    QToolBar& toolBar() { return *toolBar_; }

    /// Called in the order of addition when the user closes the window; returning false keeps it open.
    void addCloseGuard(std::function<bool()> mayClose) { closeGuards_.push_back(std::move(mayClose)); }
    /// Called after all guards: starts what must be done before the window closes and returns whether it is
    /// done. If not, call close() when it is; the guards are not called again.
    void setClosingTask(std::function<bool()> task) { closingTask_ = std::move(task); }
    /// Whether closing was confirmed; the closing task may still be running.
    bool closing() const { return closing_; }

Q_SIGNALS:
    void pageShown(QWidget* page);
    /// The user opened or closed the configuration panel on a page.
    void configurationToggled(QWidget* page, bool open);
    /// A file or folder was dropped on the window.
    void dropped(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void onPage(int index);
    void updateDock();
    void onConfigurationToggled(bool open);

    QToolBar* toolBar_;
    QDockWidget* dock_ = nullptr;
    QActionGroup* pageActions_;
    QTabBar* tabs_;
    PageStack* pages_;
    QVBoxLayout* column_;
    std::vector<PageLayout> layouts_; ///< by page
    std::vector<QMenu*> menus_;       ///< by Menu
    QAction* openEnd_;                ///< separator after the first section of the File menu
    QAction* pagesEnd_;               ///< separator after the pages of the View menu
    std::vector<std::function<bool()>> closeGuards_;
    std::function<bool()> closingTask_;
    bool closing_ = false;
};

} // namespace headroom::ui
