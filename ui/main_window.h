#pragma once

#include <QMainWindow>

#include <functional>

class QDockWidget;
class QMenu;
class QStackedWidget;
class QTabBar;
class QToolBar;
class QVBoxLayout;

namespace headroom::ui {

class Theme;

/// The window: menus, tool bar, a dock of settings, the headroom bar above pages under a tab bar. It knows no
/// page by name. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// How the window is arranged around a page, until the user arranges it otherwise.
    struct PageFrame {
        bool settingsOpen = false;   ///< the dock of settings
        bool compactHeadroom = true; ///< one line instead of the whole headroom bar
    };
    enum class Menu { File, Edit, View, Run, Audio, Help };

    explicit MainWindow(Theme& theme);

    /// Adds a page after the others, reached by its tab and by Ctrl + its number.
    void addPage(QWidget* page, const QString& title, const PageFrame& frame);
    void showPage(QWidget* page);

    /// The content of the dock of settings, once.
    void setSettings(QWidget* settings);
    void showSettings();
    /// The page of this object name, which is the same in all languages; false where there is none.
    bool showPage(const QString& name);
    /// The widget above the pages, once; told by pageShown() which page it is above.
    void setHeadroomBar(QWidget* bar);
    PageFrame frame(QWidget* page) const;

    /// Actions are shown by whoever owns them; a menu without any is absent.
    void addAction(Menu menu, QAction* action);
    QToolBar& toolBar() { return *toolBar_; }

    /// Asked when the window is to close; false keeps it open.
    void setCloseGuard(std::function<bool()> mayClose) { mayClose_ = std::move(mayClose); }

Q_SIGNALS:
    void pageShown(QWidget* page);
    /// A file or folder was dropped on the window.
    void dropped(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void onPage(int number);

    QToolBar* toolBar_;
    QDockWidget* dock_ = nullptr;
    QTabBar* tabs_;
    QStackedWidget* pages_;
    QVBoxLayout* column_;
    std::vector<PageFrame> frames_; ///< by page
    std::vector<QMenu*> menus_;     ///< by Menu
    std::function<bool()> mayClose_;
};

} // namespace headroom::ui
