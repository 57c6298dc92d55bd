// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/main_window.h"

#include "ui/theme/typography.h"
#include "ui/window/accessible_factory.h"
#include "ui/window/page_stack.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

MainWindow::MainWindow()
    : toolBar_(addToolBar(tr("Run"))), pageActions_(new QActionGroup(this)), tabs_(new QTabBar),
      pages_(new PageStack) {
    installAccessibleFactory();
    setWindowTitle(QStringLiteral("Headroom"));
    // No larger than the screen minus the window manager's frame.
    constexpr QSize defaultSize(1440, 900);
    const QSize frame(em(1), em(3));
    resize(defaultSize.boundedTo(screen()->availableSize() - frame));
    setAcceptDrops(true);
    setAnimated(false); // an animated dock would lay out the window many times
    toolBar_->setObjectName(QStringLiteral("run"));
    toolBar_->setVisible(false);
    // Qt's button for what has no room.
    if (auto* more = toolBar_->findChild<QToolButton*>(QStringLiteral("qt_toolbar_ext_button")))
        more->setAccessibleName(tr("More of the tool bar"));
    for (const QString& title :
         {tr("&File"), tr("&Edit"), tr("&View"), tr("&Run"), tr("&Audio"), tr("&Help")}) {
        menus_.push_back(menuBar()->addMenu(title));
        menus_.back()->menuAction()->setVisible(false);
    }
    openEnd_ = menus_[static_cast<std::size_t>(Menu::File)]->addSeparator();
    pagesEnd_ = menus_[static_cast<std::size_t>(Menu::View)]->addSeparator();
    auto* central = new QWidget;
    column_ = new QVBoxLayout(central);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("Pages"));
    column_->addWidget(tabs_);
    column_->addWidget(pages_, 1);
    setCentralWidget(central);
    statusBar();
    connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::onPage);
}

void MainWindow::addPage(QWidget* page, const QString& title, const PageLayout& layout) {
    layouts_.push_back(layout);
    const int index = pages_->addWidget(page);
    tabs_->addTab(title);
    auto* action = new QAction(title, pageActions_);
    action->setCheckable(true);
    action->setChecked(index == tabs_->currentIndex());
    action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)));
    connect(action, &QAction::triggered, tabs_, [this, index] { tabs_->setCurrentIndex(index); });
    QMenu* view = menus_[static_cast<std::size_t>(Menu::View)];
    view->insertAction(pagesEnd_, action);
    view->menuAction()->setVisible(true);
}

void MainWindow::showPage(QWidget* page) {
    tabs_->setCurrentIndex(pages_->indexOf(page));
}

void MainWindow::setConfigurationPanel(QWidget* panel) {
    dock_ = new QDockWidget(tr("Configuration"), this);
    dock_->setObjectName(QStringLiteral("settings"));
    dock_->setWidget(panel);
    addDockWidget(Qt::LeftDockWidgetArea, dock_);
    QAction* toggle = dock_->toggleViewAction();
    toggle->setShortcut(Qt::Key_F9);
    addAction(Menu::View, toggle);
    connect(toggle, &QAction::triggered, this, &MainWindow::onConfigurationToggled);
    dock_->installEventFilter(this);
}

/// Stores the user's choice for the current page.
void MainWindow::onConfigurationToggled(bool open) {
    const int page = tabs_->currentIndex();
    if (page < 0)
        return;
    layouts_[static_cast<std::size_t>(page)].configurationOpen = open;
    Q_EMIT configurationToggled(pages_->widget(page), open);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == dock_ && event->type() == QEvent::Close)
        onConfigurationToggled(false); // closed with the dock's close button
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::setConfigurationOpen(const QString& page, bool open) {
    for (int index = 0; index < pages_->count(); ++index)
        if (pages_->widget(index)->objectName() == page)
            layouts_[static_cast<std::size_t>(index)].configurationOpen = open;
    updateDock();
}

void MainWindow::restoreLayout(const QByteArray& state) {
    restoreState(state);
    updateDock();
}

void MainWindow::updateDock() {
    if (const int page = tabs_->currentIndex(); dock_ != nullptr && page >= 0)
        dock_->setVisible(layouts_[static_cast<std::size_t>(page)].configurationOpen);
}

void MainWindow::showConfiguration() {
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

MainWindow::PageLayout MainWindow::pageLayout(QWidget* page) const {
    return layouts_[static_cast<std::size_t>(pages_->indexOf(page))];
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
    QMenu* target = menus_[static_cast<std::size_t>(menu)];
    target->addAction(action);
    target->menuAction()->setVisible(true);
}

void MainWindow::addOpenAction(QAction* action) {
    QMenu* file = menus_[static_cast<std::size_t>(Menu::File)];
    file->insertAction(openEnd_, action);
    file->menuAction()->setVisible(true);
}

void MainWindow::addSideDock(Menu menu, QWidget* content, const QString& title, const QString& name) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    addDockWidget(Qt::RightDockWidgetArea, dock);
    dock->hide();
    addAction(menu, dock->toggleViewAction());
}

void MainWindow::onPage(int index) {
    pages_->setCurrentIndex(index);
    if (const auto actions = pageActions_->actions(); index < actions.size())
        actions[index]->setChecked(true);
    updateDock();
    Q_EMIT pageShown(pages_->widget(index));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    const auto refuses = [](const std::function<bool()>& mayClose) { return !mayClose(); };
    if (!closing_ && std::ranges::any_of(closeGuards_, refuses))
        return event->ignore();
    closing_ = true;
    if (closingTask_ && !closingTask_())
        return event->ignore();
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
