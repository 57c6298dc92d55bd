#pragma once

#include <QMainWindow>

#include <functional>
#include <vector>

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

    MainWindow();

    /// Adds a page after the others, reached by its tab and by Ctrl + its number.
    void addPage(QWidget* page, const QString& title, const PageFrame& frame);
    void showPage(QWidget* page);

    /// The content of the dock of settings, once.
    void setSettings(QWidget* settings);
    void showSettings();
    /// Whether the dock is open on the page of this object name; the page's own until the user says
    /// otherwise.
    void setSettingsOpen(const QString& page, bool open);
    /// Takes what saveState() gave, but for the dock being open: that is the page's.
    void restoreArrangement(const QByteArray& state);
    /// The page of this object name, which is the same in all languages; false where there is none.
    bool showPage(const QString& name);
    /// The widget above the pages, once; told by pageShown() which page it is above.
    void setHeadroomBar(QWidget* bar);
    PageFrame frame(QWidget* page) const;
    std::vector<QWidget*> pages() const;
    QWidget* currentPage() const; ///< null while there is none

    /// Actions are shown by whoever owns them; a menu without any is absent.
    void addAction(Menu menu, QAction* action);
    QToolBar& toolBar() { return *toolBar_; }

    /// Asked, in the order they were added, when the user closes the window; false keeps it open.
    void addCloseGuard(std::function<bool()> mayClose) { closeGuards_.push_back(std::move(mayClose)); }
    /// Begins what has to be done before the window closes, after all guards; false while it is not done:
    /// whoever does it then calls close(), for which there are no more questions.
    void setLastWork(std::function<bool()> done) { lastWork_ = std::move(done); }
    /// Closes as soon as the last work is done and asks nothing: the session ends, or the program is told to.
    void closeWithoutQuestions();
    bool closing() const { return closing_; } ///< it was decided, but the last work may not be done yet

Q_SIGNALS:
    void pageShown(QWidget* page);
    /// The user opened or closed the dock of settings on a page.
    void settingsToggled(QWidget* page, bool open);
    /// A file or folder was dropped on the window.
    void dropped(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void onPage(int number);
    void arrangeDock();
    void noteSettings(bool open);

    QToolBar* toolBar_;
    QDockWidget* dock_ = nullptr;
    QTabBar* tabs_;
    QStackedWidget* pages_;
    QVBoxLayout* column_;
    std::vector<PageFrame> frames_; ///< by page
    std::vector<QMenu*> menus_;     ///< by Menu
    std::vector<std::function<bool()>> closeGuards_;
    std::function<bool()> lastWork_;
    bool closing_ = false;
};

} // namespace headroom::ui
