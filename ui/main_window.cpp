#include "ui/main_window.h"

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

namespace headroom::ui {

MainWindow::MainWindow(Theme&)
    : toolBar_(addToolBar(tr("Run"))), tabs_(new QTabBar), pages_(new QStackedWidget) {
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
    connect(toggle, &QAction::triggered, this, [this](bool open) {
        if (const int page = tabs_->currentIndex(); page >= 0)
            frames_[static_cast<std::size_t>(page)].settingsOpen = open;
    });
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

void MainWindow::addAction(Menu menu, QAction* action) {
    QMenu* chosen = menus_[static_cast<std::size_t>(menu)];
    chosen->addAction(action);
    chosen->menuAction()->setVisible(true);
}

void MainWindow::onPage(int number) {
    pages_->setCurrentIndex(number);
    if (dock_ != nullptr)
        dock_->setVisible(frames_[static_cast<std::size_t>(number)].settingsOpen);
    Q_EMIT pageShown(pages_->widget(number));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (mayClose_ && !mayClose_()) {
        event->ignore();
        return;
    }
    QMainWindow::closeEvent(event);
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
