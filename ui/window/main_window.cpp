#include "ui/window/main_window.h"

#include "ui/window/accessible_factory.h"
#include "ui/theme/typography.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

MainWindow::MainWindow()
    : toolBar_(addToolBar(tr("Run"))), tabs_(new QTabBar), pages_(new QStackedWidget) {
    installAccessibleFactory();
    setWindowTitle(QStringLiteral("Headroom"));
    // No larger than the screen, with room for the frame that the window manager draws.
    constexpr QSize usual(1440, 900);
    const QSize frame(em(1), em(3));
    resize(usual.boundedTo(screen()->availableSize() - frame));
    setAcceptDrops(true);
    setAnimated(false); // a change of size would have the window laid out many times
    toolBar_->setObjectName(QStringLiteral("run"));
    toolBar_->setVisible(false);
    for (const QString& title :
         {tr("&File"), tr("&Edit"), tr("&View"), tr("&Run"), tr("&Audio"), tr("&Help")}) {
        menus_.push_back(menuBar()->addMenu(title));
        menus_.back()->menuAction()->setVisible(false);
    }
    auto* centre = new QWidget;
    column_ = new QVBoxLayout(centre);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("Pages"));
    column_->addWidget(tabs_);
    column_->addWidget(pages_, 1);
    setCentralWidget(centre);
    statusBar();
    connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::onPage);
}

void MainWindow::addPage(QWidget* page, const QString& title, const PageFrame& frame) {
    frames_.push_back(frame);
    const int number = pages_->addWidget(page);
    tabs_->addTab(title);
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number)), this);
    connect(shortcut, &QShortcut::activated, tabs_, [this, number] { tabs_->setCurrentIndex(number); });
}

void MainWindow::showPage(QWidget* page) {
    tabs_->setCurrentIndex(pages_->indexOf(page));
}

void MainWindow::setSettings(QWidget* settings) {
    dock_ = new QDockWidget(tr("Settings"), this);
    dock_->setObjectName(QStringLiteral("settings"));
    dock_->setWidget(settings);
    addDockWidget(Qt::LeftDockWidgetArea, dock_);
    QAction* toggle = dock_->toggleViewAction();
    toggle->setShortcut(Qt::Key_F9);
    addAction(Menu::View, toggle);
    // The user's own choice holds for the page that it was made on.
    connect(toggle, &QAction::triggered, this, &MainWindow::noteSettings);
    dock_->installEventFilter(this);
}

void MainWindow::noteSettings(bool open) {
    const int page = tabs_->currentIndex();
    if (page < 0)
        return;
    frames_[static_cast<std::size_t>(page)].settingsOpen = open;
    Q_EMIT settingsToggled(pages_->widget(page), open);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == dock_ && event->type() == QEvent::Close)
        noteSettings(false); // by the dock's own button
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::setSettingsOpen(const QString& page, bool open) {
    for (int number = 0; number < pages_->count(); ++number)
        if (pages_->widget(number)->objectName() == page)
            frames_[static_cast<std::size_t>(number)].settingsOpen = open;
    arrangeDock();
}

void MainWindow::restoreArrangement(const QByteArray& state) {
    restoreState(state);
    arrangeDock();
}

void MainWindow::arrangeDock() {
    if (const int page = tabs_->currentIndex(); dock_ != nullptr && page >= 0)
        dock_->setVisible(frames_[static_cast<std::size_t>(page)].settingsOpen);
}

void MainWindow::showSettings() {
    dock_->show();
    dock_->raise();
}

bool MainWindow::showPage(const QString& name) {
    for (int page = 0; page < pages_->count(); ++page)
        if (pages_->widget(page)->objectName() == name) {
            tabs_->setCurrentIndex(page);
            return true;
        }
    return false;
}

void MainWindow::setHeadroomBar(QWidget* bar) {
    column_->insertWidget(0, bar);
}

MainWindow::PageFrame MainWindow::frame(QWidget* page) const {
    return frames_[static_cast<std::size_t>(pages_->indexOf(page))];
}

std::vector<QWidget*> MainWindow::pages() const {
    std::vector<QWidget*> all;
    for (int page = 0; page < pages_->count(); ++page)
        all.push_back(pages_->widget(page));
    return all;
}

QWidget* MainWindow::currentPage() const {
    return pages_->currentWidget();
}

void MainWindow::addAction(Menu menu, QAction* action) {
    QMenu* chosen = menus_[static_cast<std::size_t>(menu)];
    chosen->addAction(action);
    chosen->menuAction()->setVisible(true);
}

void MainWindow::onPage(int number) {
    pages_->setCurrentIndex(number);
    arrangeDock();
    Q_EMIT pageShown(pages_->widget(number));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    const auto keepsOpen = [](const std::function<bool()>& guard) { return !guard(); };
    if (!closing_ && std::ranges::any_of(closeGuards_, keepsOpen))
        return event->ignore();
    closing_ = true;
    if (lastWork_ && !lastWork_())
        return event->ignore();
    QMainWindow::closeEvent(event);
}

void MainWindow::closeWithoutQuestions() {
    closing_ = true;
    close();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            Q_EMIT dropped(url.toLocalFile());
    event->acceptProposedAction();
}

} // namespace headroom::ui
